using Golgi.Synthesis;

namespace Golgi.App.Commands.See;

/// <summary>One picture as the command reports it; see <see cref="PreferredPicture"/>.</summary>
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
    double? SpectrumSlope);
