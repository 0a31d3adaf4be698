using System.Numerics;
using Golgi.Foundation;
using Golgi.Native;

namespace Golgi.Weights.Projections;

/// <summary>
/// Random grouping: each weight belongs to one coordinate, with a random sign, P[i, j] = ±1/√(size of group j) if weight i
/// belongs to j, else 0. Exactly isometric, PᵀP = I; O(D) additions; the cheap default.
/// </summary>
/// <remarks>The projection of Uni-LoRA (arXiv 2506.00799), with signs and with balanced groups: the weights are cut into runs of about
/// 4096, a multiple of d, and in each run the coordinates are dealt out evenly by a random permutation. So no group is empty at
/// any d ≤ D, and any run can be made anew from the seed: above four million weights nothing is stored.</remarks>
public sealed unsafe class GroupingProjection : KernelProjection
{
    private const long Stored = 1 << 22;
    private const int MostParts = 8, LongestSum = 512;
    private readonly GroupingRuns runs;
    private readonly double[] scales;

    /// <summary>Draws the groups.</summary>
    /// <param name="weights">D.</param>
    /// <param name="dimension">d, from 1 to D.</param>
    /// <param name="seed">Names the map.</param>
    public GroupingProjection(long weights, int dimension, ulong seed)
        : this(weights, dimension, seed, Stored)
    {
    }

    internal GroupingProjection(long weights, int dimension, ulong seed, long stored)
        : base(weights, dimension)
    {
        runs = new GroupingRuns(weights, dimension, seed, store: weights <= stored);
        scales = [.. runs.Counts().Select(count => 1 / Math.Sqrt(count))];
    }

    /// <inheritdoc/>
    public override string Kind => "grouping";

    /// <inheritdoc/>
    public override void Dispose() => runs.Dispose();

    /// <inheritdoc/>
    private protected override void Multiply<T>(T* coordinates, T* origin, T* weights, int threads)
    {
        using var table = new NativeBuffer<T>(Dimension);
        T* values = table.Start;
        for (int j = 0; j < Dimension; j++) values[j] = coordinates[j] * T.CreateTruncating(scales[j]);
        Parts.Run(Math.Min(runs.Count, MostParts), threads, (part, parts) => runs.ForEach(
            part, parts, run => run.Gather(origin + run.Start, values, weights + run.Start)));
    }

    /// <inheritdoc/>
    private protected override void MultiplyTransposed<T>(T* gradient, T* coordinates, int threads)
    {
        int d = Dimension;
        int all = (int)Math.Clamp(WeightCount / (32L * d), 1, Math.Min(runs.Count, MostParts)); // a part costs as much as some d weights
        int drain = (int)Math.Max(1, (long)LongestSum * d / runs.Length);
        using var sums = new NativeBuffer<double>((long)d * all);
        using var table = new NativeBuffer<T>((long)d * all);
        new Span<double>(sums.Start, d * all).Clear();
        Parts.Run(all, threads, (part, parts) =>
        {
            T* partial = table.Start + ((long)d * part);
            double* total = sums.Start + ((long)d * part);
            new Span<T>(partial, d).Clear();
            int pending = 0;
            runs.ForEach(part, parts, run =>
            {
                run.Scatter(gradient + run.Start, partial);
                if (++pending % drain == 0) Drain(partial, total, d); // keeps single-precision sums short
            });
            Drain(partial, total, d);
        });

        for (int j = 0; j < d; j++)
        {
            double sum = sums.Start[j];
            for (int part = 1; part < all; part++) sum += sums.Start[((long)d * part) + j];
            coordinates[j] = T.CreateTruncating(sum * scales[j]);
        }
    }

    private static void Drain<T>(T* partial, double* total, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < count; j++)
        {
            total[j] += double.CreateTruncating(partial[j]);
            partial[j] = T.Zero;
        }
    }
}
