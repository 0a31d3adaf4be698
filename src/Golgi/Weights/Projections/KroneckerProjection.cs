using Golgi.Foundation;
using Golgi.Native;
using Golgi.Numerics.Random;

namespace Golgi.Weights.Projections;

/// <summary>
/// A Kronecker product of two small Gaussian matrices, P = A ⊗ B cut to D rows and d columns: with C the coordinates as a
/// matrix, θ = θ₀ + vec(A C Bᵀ). A and B have unit columns and about √D rows and √d columns, so a use costs D·√d.
/// </summary>
/// <remarks>After the rounded double Kronecker products of Lotfi et al. 2022, arXiv 2211.13609. The rows that are cut, fewer than √D,
/// make columns shorter than one by at most about 1/√D of themselves.</remarks>
public sealed unsafe class KroneckerProjection : KernelProjection
{
    private const ulong LeftStream = 0x6B726F6E_00, RightStream = 0x6B726F6E_01;
    private readonly int height, width;       // of the weights as a matrix
    private readonly int rows, columns;       // of the coordinates as a matrix
    private readonly NativeBuffer<float> left;  // [rows, height], the columns of A one after another
    private readonly NativeBuffer<float> right; // [columns, width], those of B

    /// <summary>Draws both factors.</summary>
    /// <param name="weights">D.</param>
    /// <param name="dimension">d, from 1 to D.</param>
    /// <param name="seed">Names the map.</param>
    public KroneckerProjection(long weights, int dimension, ulong seed)
        : base(weights, dimension)
    {
        height = (int)Math.Ceiling(Math.Sqrt(weights));
        width = (int)((weights + height - 1) / height);
        rows = (int)Math.Ceiling(Math.Sqrt(dimension));
        columns = (dimension + rows - 1) / rows;
        left = Columns(rows, height, new Philox(seed, LeftStream));
        right = Columns(columns, width, new Philox(seed, RightStream));
    }

    /// <inheritdoc/>
    public override string Kind => "kronecker";

    /// <inheritdoc/>
    public override void Dispose()
    {
        left.Dispose();
        right.Dispose();
    }

    /// <inheritdoc/>
    private protected override void Multiply<T>(T* coordinates, T* origin, T* weights, int threads)
    {
        using var inner = new NativeBuffer<T>((long)rows * width); // C Bᵀ
        T* half = inner.Start;
        new Span<T>(half, rows * width).Clear();
        for (int j = 0; j < Dimension; j++)
        {
            FloatColumns.AddScaled(half + ((long)(j / columns) * width), right.Start + ((long)(j % columns) * width), coordinates[j], width);
        }

        Parts.Run(height, threads, (i, _) =>
        {
            var (start, count) = Row(i);
            if (count <= 0) return;
            new ReadOnlySpan<T>(origin + start, count).CopyTo(new Span<T>(weights + start, count));
            for (int a = 0; a < rows; a++)
            {
                T factor = T.CreateTruncating(left.Start[((long)a * height) + i]);
                FloatColumns.AddScaled(weights + start, half + ((long)a * width), factor, weights + start, count);
            }
        });
    }

    /// <inheritdoc/>
    private protected override void MultiplyTransposed<T>(T* gradient, T* coordinates, int threads)
    {
        using var inner = new NativeBuffer<T>((long)rows * width); // Aᵀ G
        T* half = inner.Start;
        new Span<T>(half, rows * width).Clear();
        Parts.Run(rows, threads, (a, _) =>
        {
            for (int i = 0; i < height; i++)
            {
                var (start, count) = Row(i);
                T factor = T.CreateTruncating(left.Start[((long)a * height) + i]);
                T* row = half + ((long)a * width);
                FloatColumns.AddScaled(row, gradient + start, factor, row, count);
            }
        });
        Parts.Run(Dimension, threads, (j, _) => coordinates[j] = T.CreateTruncating(FloatColumns.Dot(
            right.Start + ((long)(j % columns) * width), half + ((long)(j / columns) * width), width)));
    }

    private (long Start, int Count) Row(int i) => ((long)i * width, (int)Math.Min(width, WeightCount - ((long)i * width)));

    private static NativeBuffer<float> Columns(int count, int length, Philox philox)
    {
        var columns = new NativeBuffer<float>((long)count * length);
        philox.FillNormal(new Span<float>(columns.Start, count * length));
        for (int j = 0; j < count; j++)
        {
            float* column = columns.Start + ((long)j * length);
            float scale = (float)(1 / Math.Sqrt(FloatColumns.Dot(column, column, length)));
            for (int i = 0; i < length; i++) column[i] *= scale;
        }

        return columns;
    }
}
