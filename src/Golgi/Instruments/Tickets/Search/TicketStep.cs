using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>One level of a search over all replicates.</summary>
/// <param name="Level">Rounds of pruning; 0 is the dense network.</param>
/// <param name="Remaining">Mean fraction of weights that is kept.</param>
/// <param name="Accuracy">Test accuracy at the early stop.</param>
/// <param name="Controls">The same of the controls, by their names; empty for the dense network.</param>
/// <param name="FinalAccuracy">Test accuracy at the last step.</param>
/// <param name="Untrained">Test accuracy before training.</param>
/// <param name="SignFlips">Fraction of kept weights whose sign the training changed.</param>
/// <param name="Replicates">The tickets, one per seed.</param>
public sealed record TicketStep(
    int Level,
    double Remaining,
    Interval Accuracy,
    IReadOnlyDictionary<string, Interval> Controls,
    Interval FinalAccuracy,
    Interval Untrained,
    Interval SignFlips,
    IReadOnlyList<TicketLevel> Replicates)
{
    /// <summary>Layers of which some replicate's ticket keeps nothing.</summary>
    public IReadOnlyList<string> Collapsed => [.. Replicates.SelectMany(one => one.Collapsed).Distinct()];
}
