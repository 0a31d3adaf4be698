namespace Golgi.Inspection.Statistics;

/// <summary>What the activations of one layer are like over a set of examples.</summary>
/// <param name="Layer">Its dotted name.</param>
/// <param name="Units">Channels of a convolution, outputs of a matrix: the second dimension of the output.</param>
/// <param name="Samples">How many activation vectors were seen: examples times places.</param>
/// <param name="Sparsity">Share of activations that are exactly 0, in [0, 1].</param>
/// <param name="ActiveShare">Per unit: share of its activations above 0.</param>
/// <param name="Means">Per unit: its mean.</param>
/// <param name="Deviations">Per unit: its standard deviation (divisor: samples).</param>
/// <param name="DeadUnits">Units that gave one and the same value at every place of every example; after a rectifier,
/// those that
/// were never above 0.</param>
/// <param name="Rank">How many dimensions the activations fill; null where there are more units than the measurement
/// takes on.</param>
public sealed record LayerStatistics(
    string Layer,
    long Units,
    long Samples,
    double Sparsity,
    IReadOnlyList<double> ActiveShare,
    IReadOnlyList<double> Means,
    IReadOnlyList<double> Deviations,
    IReadOnlyList<long> DeadUnits,
    ActivationRank? Rank);
