using Golgi.Numerics.Random;

namespace Golgi.Instruments.Tickets.Connectivity;

/// <summary>One of two trainings that part.</summary>
/// <param name="Seed">Of the network and the shared order of examples.</param>
/// <param name="Fork">The step at which they part.</param>
/// <param name="Branch">0 or 1.</param>
/// <param name="Round">Rounds of pruning before.</param>
internal sealed record BranchPlan(long Seed, long Fork, int Branch, int Round)
{
    /// <summary>Seed of the order of examples after the fork.</summary>
    public long Order => (long)new Philox((ulong)Seed, 0x464F_524B + (ulong)Branch).Reader().NextBits();
}
