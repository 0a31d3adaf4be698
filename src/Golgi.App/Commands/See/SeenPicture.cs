using System.Text.Json.Serialization;
using Golgi.Synthesis;

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
    private const double PaleDeviation = 3; // gray levels; that of photographs is some 60

    /// <summary>True if little is to be seen of it unless its contrast is stretched.</summary>
    [JsonIgnore]
    public bool Pale => Deviation < PaleDeviation;
}
