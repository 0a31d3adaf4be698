using Golgi.Ascent;
using Golgi.Ascent.Canvases;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>One picture of <see cref="SeeResult"/>; see <see cref="PreferredPicture"/>.</summary>
/// <param name="File">Its PNG file, in the run's artifacts.</param>
/// <param name="Unit">The unit or class.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Activation">Its activation on the finished picture.</param>
/// <param name="Probability">Its softmax among the others, in [0, 1]; null for an objective.</param>
/// <param name="Rank">1 if no other is more active; null for an objective.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="StartActivation">Its activation on the start.</param>
/// <param name="Outcome">How the ascent ended.</param>
/// <param name="SpectrumSlope">See <see cref="Spectrum.Slope"/>; null for pictures below 8 by 8.</param>
/// <param name="Deviation">Standard deviation from its own mean color, in gray levels of 255.</param>
public sealed record SeenPicture(
    string File,
    long Unit,
    string Name,
    double Activation,
    double? Probability,
    int? Rank,
    int Steps,
    double StartActivation,
    AscentOutcome Outcome,
    double? SpectrumSlope,
    double Deviation)
{
    /// <summary>Deviations below this many gray levels look like flat gray; those of photographs are some 60.</summary>
    public const double Pale = 3;
}
