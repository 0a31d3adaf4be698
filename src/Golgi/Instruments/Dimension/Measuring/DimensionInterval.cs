namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>A dimension and how sure it is.</summary>
/// <param name="Value">Where the curve crosses the threshold; null where it does not among the dimensions that were tried.</param>
/// <param name="Low">2.5th percentile over bootstrap resamples of the replicates.</param>
/// <param name="High">97.5th percentile.</param>
public sealed record DimensionInterval(double? Value, double? Low, double? High);
