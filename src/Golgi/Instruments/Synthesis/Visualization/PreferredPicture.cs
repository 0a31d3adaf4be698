using Golgi.Ascent;
using Golgi.Ascent.Canvases;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>What is known of a picture that was made for a unit.</summary>
/// <param name="Unit">The unit or class.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Activation">Its activation (a class: its logit; an objective: its score) on the finished picture,
/// without change
/// of view.</param>
/// <param name="Probability">Its softmax over the classes; for a hidden unit over its layer's units; null for an
/// objective.</param>
/// <param name="Rank">1 if no other class (or unit of the layer) is more active; null for an objective.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="StartActivation">Its activation on the start.</param>
/// <param name="Outcome">How the ascent ended.</param>
/// <param name="SpectrumSlope">See <see cref="Spectrum.Slope"/>; null for pictures below 8×8.</param>
/// <param name="Trace">What happened on the way.</param>
public sealed record PreferredPicture(
    long Unit,
    string Name,
    double Activation,
    double? Probability,
    int? Rank,
    int Steps,
    double StartActivation,
    AscentOutcome Outcome,
    double? SpectrumSlope,
    AscentTrace Trace);
