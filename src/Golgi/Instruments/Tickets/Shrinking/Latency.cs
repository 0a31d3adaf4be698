using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>How long one forward pass takes.</summary>
/// <param name="Name">Which network: <c>dense</c>, <c>shrunk</c>, <c>sparse</c>.</param>
/// <param name="Batch">Examples in a pass.</param>
/// <param name="Seconds">Of one pass.</param>
/// <param name="Speedup">Time of the first network over its own, round by round.</param>
/// <param name="Gain">True where the whole interval of <paramref name="Speedup"/> lies above 1.</param>
public sealed record Latency(string Name, long Batch, Interval Seconds, Interval Speedup, bool Gain);
