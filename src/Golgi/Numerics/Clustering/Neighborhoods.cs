using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Numerics.Clustering;

/// <summary>How well a map keeps the neighborhoods of the points that it shows.</summary>
public static class Neighborhoods
{
    /// <summary>Trustworthiness: 1 less a penalty for each of a point's k neighbors in the map that is not among its k
    /// nearest in the data, by how far down the data's ranking it comes.</summary>
    /// <param name="points">The data, [samples, features].</param>
    /// <param name="map">The map, [samples, dimensions].</param>
    /// <param name="neighbors">k, below half of the samples. Usual: 5.</param>
    /// <returns>In [0, 1]; 1: no neighbor in the map is a stranger.</returns>
    /// <exception cref="ArgumentException">The numbers of samples differ, or k is too large.</exception>
    /// <remarks>Venna and Kaski 2001; scikit-learn's definition: T = 1 − 2 / (n k (2n − 3k − 1)) Σ_i Σ_j∈N_k(i) max(0, r(i, j) − k).
    /// O(samples² log samples), a block of samples at a time.</remarks>
    public static double Trustworthiness(Tensor points, Tensor map, int neighbors)
    {
        Check.Shape(points, "[samples, features]");
        Check.Shape(map, $"[{points.shape[0]}, dimensions]");
        long count = points.shape[0];
        Check.InRange(neighbors, 1, Math.Max(1, (count - 1) / 2));
        const int block = 512;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var x = points.detach().cpu().to(ScalarType.Float64);
        var (_, near) = TsneAffinities.Neighbors(map, neighbors);
        var inMap = tensor(near, [count, neighbors], ScalarType.Int32).to(ScalarType.Int64);
        long penalty = 0;
        for (long start = 0; start < count; start += block)
        {
            using var part = NewDisposeScope();
            long rows = Math.Min(block, count - start);
            var own = arange(start, start + rows).unsqueeze(1);
            var distance = cdist(x.narrow(0, start, rows), x);
            distance.scatter_(1, own, full_like(own, -1, ScalarType.Float64)); // itself first, rank 0
            var ranks = distance.argsort(1).argsort(1);
            penalty += (ranks.gather(1, inMap.narrow(0, start, rows)) - neighbors).clamp_min(0).sum().item<long>();
        }

        return 1 - (penalty * 2.0 / (count * neighbors * ((2.0 * count) - (3.0 * neighbors) - 1)));
    }
}
