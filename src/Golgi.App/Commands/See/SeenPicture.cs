using Golgi.Ascent;
using Golgi.Instruments.Synthesis.Visualization;

namespace Golgi.App.Commands.See;

/// <summary>One picture as the command reports it; see <see cref="PreferredPicture"/>.</summary>
/// <param name="Deviation">Standard deviation from its own mean color, in gray levels of 255.</param>
internal sealed record SeenPicture(
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
