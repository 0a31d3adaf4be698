namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>One of two trainings that part.</summary>
/// <param name="Seed">Of the network and the shared order of examples.</param>
/// <param name="Fork">The step at which they part.</param>
/// <param name="Branch">0 or 1.</param>
/// <param name="Round">Rounds of pruning before.</param>
internal sealed record BranchPlan(long Seed, long Fork, int Branch, int Round);
