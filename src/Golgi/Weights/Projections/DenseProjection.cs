using Golgi.Foundation;
using Golgi.Native;
using Golgi.Numerics.Random;

namespace Golgi.Weights.Projections;

/// <summary>
/// Dense Gaussian directions: P[i, j] = z[i, j] / ‖z[·, j]‖ with standard normal z. Each use costs D·d multiplications. Columns that
/// together take more than the given memory are not stored but made anew, a tile at a time, at each use.
/// </summary>
/// <remarks>Li et al. 2018. Column j comes from a Philox stream of its own. The orthonormalized form applies Gram-Schmidt
/// twice, in double precision, and is always stored.</remarks>
public sealed unsafe class DenseProjection : KernelProjection
{
    /// <summary>What columns may take before they are made anew at each use: 1 GiB.</summary>
    public const long DefaultMemory = 1L << 30;

    private const ulong Stream = 0x64656E7365_000000;
    private const int Tile = 4096;
    private readonly ulong seed;
    private readonly double[] scales;
    private readonly NativeBuffer<float>? columns;

    private DenseProjection(long weights, int dimension, ulong seed, string kind, bool store)
        : base(weights, dimension)
    {
        this.seed = seed;
        Kind = kind;
        scales = new double[dimension];
        if (store) columns = new NativeBuffer<float>(weights * dimension);
        Parts.Run(dimension, TorchSharp.torch.get_num_threads(), (j, _) => scales[j] = 1 / Math.Sqrt(DrawColumn(j)));
    }

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <summary>Gaussian columns of unit norm.</summary>
    /// <param name="weights">D.</param>
    /// <param name="dimension">d, from 1 to D.</param>
    /// <param name="seed">Names the map.</param>
    /// <param name="memory">The most bytes that stored columns may take.</param>
    public static DenseProjection Gaussian(long weights, int dimension, ulong seed, long memory = DefaultMemory) =>
        new(weights, dimension, seed, "dense", weights * dimension * sizeof(float) <= memory);

    /// <summary>The same columns made orthonormal, PᵀP = I. Costs D·d² once.</summary>
    /// <inheritdoc cref="Gaussian"/>
    /// <exception cref="ArgumentException">The columns take more than 1 GiB.</exception>
    public static DenseProjection Orthonormal(long weights, int dimension, ulong seed)
    {
        if (weights * dimension * sizeof(float) > DefaultMemory)
        {
            throw new ArgumentException(
                $"{dimension} orthonormal columns of {weights} weights take {weights * dimension * 4.0 / DefaultMemory:0.0} GiB; "
                + "at most 1 GiB is taken. Use grouping, whose columns are orthonormal without being stored.");
        }

        var projection = new DenseProjection(weights, dimension, seed, "orthonormal", store: true);
        projection.Orthonormalize();
        return projection;
    }

    /// <inheritdoc/>
    public override void Dispose() => columns?.Dispose();

    /// <inheritdoc/>
    private protected override void Multiply<T>(T* coordinates, T* origin, T* weights, int threads)
    {
        Parts.Run(Tiles, threads, (tile, _) =>
        {
            float* scratch = stackalloc float[columns is null ? Tile : 0];
            var (start, count) = Extent(tile);
            new ReadOnlySpan<T>(origin + start, count).CopyTo(new Span<T>(weights + start, count));
            for (int j = 0; j < Dimension; j++)
            {
                T factor = coordinates[j] * T.CreateTruncating(scales[j]);
                FloatColumns.AddScaled(weights + start, Column(j, start, count, scratch), factor, count);
            }
        });
    }

    /// <inheritdoc/>
    private protected override void MultiplyTransposed<T>(T* gradient, T* coordinates, int threads)
    {
        Parts.Run(Dimension, threads, (j, _) =>
        {
            float* scratch = stackalloc float[columns is null ? Tile : 0];
            double sum = 0;
            for (int tile = 0; tile < Tiles; tile++)
            {
                var (start, count) = Extent(tile);
                sum += FloatColumns.Dot(Column(j, start, count, scratch), gradient + start, count);
            }

            coordinates[j] = T.CreateTruncating(sum * scales[j]);
        });
    }

    private int Tiles => (int)((WeightCount + Tile - 1) / Tile);

    private (long Start, int Count) Extent(int tile) =>
        ((long)tile * Tile, (int)Math.Min(Tile, WeightCount - ((long)tile * Tile)));

    private float* Column(int j, long start, int count, float* scratch)
    {
        if (columns is not null) return columns.Start + (j * WeightCount) + start;
        new Philox(seed, Stream + (ulong)j).FillNormal(new Span<float>(scratch, count), (ulong)start);
        return scratch;
    }

    /// <summary>Makes a column, and stores it if columns are stored.</summary>
    /// <returns>The sum of its squares.</returns>
    private double DrawColumn(int j)
    {
        float* scratch = stackalloc float[Tile];
        double sum = 0;
        for (int tile = 0; tile < Tiles; tile++)
        {
            var (start, count) = Extent(tile);
            float* target = columns is null ? scratch : columns.Start + (j * WeightCount) + start;
            new Philox(seed, Stream + (ulong)j).FillNormal(new Span<float>(target, count), (ulong)start);
            sum += FloatColumns.Dot(target, target, count);
        }

        return sum;
    }

    private void Orthonormalize()
    {
        int n = (int)WeightCount;
        using var work = new NativeBuffer<double>(n);
        for (int j = 0; j < Dimension; j++)
        {
            float* own = columns!.Start + (j * WeightCount);
            for (int i = 0; i < n; i++) work.Start[i] = own[i] * scales[j];
            for (int k = 0; k < 2 * j; k++)
            {
                float* other = columns.Start + (k % j * WeightCount);
                double overlap = FloatColumns.Dot(other, work.Start, n);
                FloatColumns.AddScaled(work.Start, other, -overlap, n);
            }

            double norm = 0;
            for (int i = 0; i < n; i++) norm += work.Start[i] * work.Start[i];
            norm = Math.Sqrt(norm);
            for (int i = 0; i < n; i++) own[i] = (float)(work.Start[i] / norm);
            scales[j] = 1;
        }
    }
}
