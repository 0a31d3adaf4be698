using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Numerics.Statistics;

/// <summary>Ranks, for correlations that only look at order.</summary>
internal static class Ranks
{
    /// <summary>Ranks from 1, equal values sharing the mean of their ranks. Values within 1e-12 of each other's scale are equal.</summary>
    /// <param name="values">float64 [n], finite.</param>
    /// <returns>float64 [n]; the caller owns it.</returns>
    public static Tensor Of(Tensor values)
    {
        Check.Shape(values, "[N]");
        using var scope = NewDisposeScope();
        long n = values.shape[0];
        if (n == 0) return zeros([0], ScalarType.Float64).MoveToOuterDisposeScope();
        var (sorted, order) = values.sort();
        double tie = 1e-12 * Math.Max(sorted[0].abs().item<double>(), sorted[-1].abs().item<double>());
        var group = cat([zeros([1], ScalarType.Int64), (sorted.narrow(0, 1, n - 1) - sorted.narrow(0, 0, n - 1) > tie).to(ScalarType.Int64)])
            .cumsum(0);
        var sizes = group.bincount(null, 0);
        var last = sizes.cumsum(0).to(ScalarType.Float64);
        var shared = last - ((sizes.to(ScalarType.Float64) - 1) / 2); // mean of the ranks last−size+1 .. last
        return zeros([n], ScalarType.Float64).index_copy_(0, order, shared.index_select(0, group)).MoveToOuterDisposeScope();
    }
}
