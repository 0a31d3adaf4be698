namespace Golgi.Tickets;

/// <summary>Two trainings that share their first steps and then see the examples in two orders.</summary>
/// <param name="Fork">The step at which they part.</param>
/// <param name="Seed">Of the network and the shared order.</param>
/// <param name="Errors">Test error along the straight line between the two ends, from one to the other.</param>
/// <param name="Barrier">The largest error on the line, less the mean of the two ends; 0 or more.</param>
/// <param name="Stable">True where the barrier is below the threshold: the two ends lie in one linearly connected basin.</param>
/// <param name="SignFlips">Fraction of the kept weights whose sign the first of them changed from the start.</param>
/// <param name="SignDisagreement">Fraction of the kept weights whose signs differ between the two ends.</param>
/// <param name="MaskOverlaps">Jaccard overlap of the two ends' large-final masks, by the fraction of weights that they keep; random masks of a
/// fraction p overlap by p / (2 − p).</param>
/// <param name="Collapsed">Layers of which the sparsest of these masks leaves nothing.</param>
public sealed record ForkStability(
    long Fork,
    long Seed,
    IReadOnlyList<double> Errors,
    double Barrier,
    bool Stable,
    double SignFlips,
    double SignDisagreement,
    IReadOnlyList<MaskOverlap> MaskOverlaps,
    IReadOnlyList<string> Collapsed);
