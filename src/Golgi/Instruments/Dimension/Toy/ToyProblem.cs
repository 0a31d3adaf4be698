using Golgi.Foundation;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Numerics.Random;
using Golgi.Weights.Projections;
using static TorchSharp.torch;

namespace Golgi.Instruments.Dimension.Toy;

/// <summary>
/// A problem whose intrinsic dimension is known: D = 1000 weights in ten blocks of 100, and a loss Σᵢ (sum of block i − i)². Ten
/// conditions, so solutions form a set of dimension 990, and a random subspace meets it from d = 10 on.
/// </summary>
/// <remarks>Li et al. 2018, section 2; performance is exp(−loss). The loss is quadratic, so its minimum in the subspace is found by least
/// squares: what a perfect optimizer would reach.</remarks>
public static class ToyProblem
{
    /// <summary>D.</summary>
    public const int Weights = 1000;

    /// <summary>The intrinsic dimension.</summary>
    public const int Conditions = 10;

    private const int Block = Weights / Conditions;

    /// <summary>The best performance in random subspaces of each dimension.</summary>
    /// <param name="highest">Dimensions from 1 to this, at most 100.</param>
    /// <param name="replicates">Subspaces for each.</param>
    /// <param name="projection">A name of <see cref="ProjectionCatalog"/>.</param>
    /// <param name="seed">Of the starts and the subspaces.</param>
    public static ToyReport Measure(int highest = 20, int replicates = 10, string projection = "dense", long seed = 0)
    {
        Check.InRange((long)highest, 1, 100);
        Check.Positive(replicates);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var curve = Enumerable.Range(1, highest)
            .Select(d => new ToyPoint(d, Replicates.Of(Enumerable.Range(0, replicates).Select(r => Performance(d, projection, (ulong)seed, r)))))
            .ToArray();
        int? dimension = curve.FirstOrDefault(point => point.Performance.Mean > 0.9)?.D;
        return new ToyReport(Weights, dimension, Conditions, curve, projection, watch.Elapsed.TotalSeconds);
    }

    /// <summary>exp(−lowest loss) in one random subspace.</summary>
    private static double Performance(int dimension, string kind, ulong seed, int replicate)
    {
        using var scope = NewDisposeScope();
        float[] start = new float[Weights];
        new Philox(seed, (ulong)replicate).FillNormal(start);
        using var projection = ProjectionCatalog.Create(kind, Weights, dimension, seed + (ulong)replicate);
        var origin = tensor(start).to(ScalarType.Float64);
        var sums = BlockSums(origin);                                              // [10]
        var conditions = arange(1, Conditions + 1, dtype: ScalarType.Float64) - sums;
        var columns = zeros(Conditions, dimension, dtype: ScalarType.Float64);
        var image = zeros_like(origin);
        for (int j = 0; j < dimension; j++)
        {
            var unit = zeros(dimension, dtype: ScalarType.Float64);
            unit[j] = tensor(1.0);
            projection.Apply(unit, zeros_like(origin), image);
            columns.select(1, j).copy_(BlockSums(image));
        }

        var rest = conditions - columns.mv(linalg.pinv(columns).mv(conditions));
        return Math.Exp(-rest.square().sum().item<double>());
    }

    private static Tensor BlockSums(Tensor weights) => weights.reshape(Conditions, Block).sum(1);
}
