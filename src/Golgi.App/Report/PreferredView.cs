using Golgi.Ascent;

namespace Golgi.App.Report;

/// <summary>A picture that a class or a unit wants to see.</summary>
/// <param name="Unit">The class or unit.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Activation">Its activation on the picture; a class: its logit.</param>
/// <param name="Probability">Its softmax over the classes or the layer's units.</param>
/// <param name="Rank">1 if no other is more active.</param>
/// <param name="Steps">Steps of ascent.</param>
/// <param name="Outcome">How the ascent ended.</param>
/// <param name="Picture">The picture's file among the run's <c>artifacts</c>.</param>
internal sealed record PreferredView(
    long Unit, string Name, double Activation, double? Probability, int? Rank, int Steps, AscentOutcome Outcome, string Picture);
