namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>A published intrinsic dimension.</summary>
/// <param name="Value">d90.</param>
/// <param name="Baseline">What it is 90 % of.</param>
/// <param name="Source">Where it was published.</param>
public sealed record PublishedDimension(int Value, string Baseline, string Source);
