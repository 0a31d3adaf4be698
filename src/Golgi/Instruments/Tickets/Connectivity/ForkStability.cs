using Golgi.Instruments.Tickets.Criteria;

namespace Golgi.Instruments.Tickets.Connectivity;

/// <summary>Two trainings that share their first steps and then see the examples in two orders.</summary>
/// <param name="Fork">The step at which they part.</param>
/// <param name="Seed">Of the network and the shared order.</param>
/// <param name="Round">Rounds of pruning before them.</param>
/// <param name="Remaining">Fraction of the weights that is trained.</param>
/// <param name="Errors">Test error along the straight line between the two ends, from one to the other.</param>
/// <param name="Barrier">The largest error on the line, less the mean of the two ends; 0 or more.</param>
/// <param name="Stable">True where the barrier is below the threshold: the two ends lie in one linearly connected basin.</param>
/// <param name="SignFlips">Fraction of the kept weights whose sign the first of them changed from the start.</param>
/// <param name="SignDisagreement">Fraction of the kept weights whose signs differ between the two ends.</param>
/// <param name="NextMasks">How alike the large-final masks are that the two ends would give the next round.</param>
/// <param name="Collapsed">Layers of which the mask leaves nothing.</param>
public sealed record ForkStability(
    long Fork,
    long Seed,
    int Round,
    double Remaining,
    IReadOnlyList<double> Errors,
    double Barrier,
    bool Stable,
    double SignFlips,
    double SignDisagreement,
    MaskOverlap NextMasks,
    IReadOnlyList<string> Collapsed);
