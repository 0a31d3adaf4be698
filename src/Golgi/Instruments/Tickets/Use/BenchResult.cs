using Golgi.Instruments.Tickets.Shrinking;

namespace Golgi.Instruments.Tickets.Use;

/// <summary>Whether a network is faster without what is dead, or with sparse matrices.</summary>
/// <param name="Network">Which.</param>
/// <param name="Latencies">For each size of batches, each form of the network.</param>
public sealed record BenchResult(string Network, IReadOnlyList<Latency> Latencies);
