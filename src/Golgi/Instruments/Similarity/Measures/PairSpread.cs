using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>The similarities of pairs of networks.</summary>
/// <param name="Mean">Over all pairs.</param>
/// <param name="Interval">Around the mean, from a jackknife over networks (pairs that share one are not independent).</param>
/// <param name="Pairs">How many pairs there are.</param>
public sealed record PairSpread(double Mean, Bounds Interval, int Pairs);
