namespace Golgi.Numerics.Statistics;

/// <summary>The two ends of an interval.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record Bounds(double Low, double High);
