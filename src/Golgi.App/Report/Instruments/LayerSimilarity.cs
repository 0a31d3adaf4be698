namespace Golgi.App.Report.Instruments;

/// <summary>How much layers know the same. Similarities in [0, 1], by linear CKA.</summary>
/// <param name="Examples">Examples that the layers were read with.</param>
/// <param name="Layers">Their names.</param>
/// <param name="Similarities">Of each with each.</param>
/// <param name="Unrelated">The most that layers with nothing in common would give.</param>
/// <param name="Moments">Each layer over training; empty where there are no snapshots.</param>
internal sealed record LayerSimilarity(
    long Examples,
    IReadOnlyList<string> Layers,
    IReadOnlyList<IReadOnlyList<double>> Similarities,
    double Unrelated,
    IReadOnlyList<TrainingMoment> Moments);
