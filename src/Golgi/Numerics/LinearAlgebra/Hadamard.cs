using System.Numerics;
using Golgi.Foundation;
using Golgi.Native;
using static TorchSharp.torch;

namespace Golgi.Numerics.LinearAlgebra;

/// <summary>
/// The fast Walsh-Hadamard transform in Sylvester's order, unnormalized: y = H x with H = [1 1; 1 −1]⊗…⊗[1 1; 1 −1].
/// Its own inverse but for a factor: H H x = n x. n log₂ n additions, in place, the same bits for any number of threads.
/// </summary>
/// <remarks>Up to eight stages of butterflies are done on each visit of memory. A vector larger than a core's cache is
/// seen as a matrix: rows are transformed in cache, then panels of columns are gathered, transformed and put back, so
/// that memory is read and written twice in all.</remarks>
public static class Hadamard
{
    private const int RowLength = 4096, InCache = 1 << 16;

    /// <summary>x ← H x, on the calling thread.</summary>
    /// <param name="x">float or double; a power of two of them.</param>
    /// <exception cref="ArgumentException">The length is not a power of two.</exception>
    public static unsafe void Transform<T>(Span<T> x)
        where T : unmanaged, INumber<T>
    {
        RequirePowerOfTwo(x.Length);
        fixed (T* start = x) Transform(start, x.Length, 1);
    }

    /// <summary>x ← H x, in place, over as many threads as torch is set to use.</summary>
    /// <param name="x">float32 or float64 [n], contiguous; n is a power of two. On a GPU, tensor operations do the same.</param>
    /// <exception cref="ArgumentException">It is not a vector, or its length is not a power of two.</exception>
    public static unsafe void Transform(Tensor x)
    {
        Check.Shape(x, "[N]");
        RequirePowerOfTwo(x.numel());
        using var _ = no_grad();
        if (x.device_type != TorchSharp.DeviceType.CPU || !x.is_contiguous())
        {
            using var y = ByMatrixProducts(x);
            x.copy_(y);
            return;
        }

        fixed (byte* start = x.bytes)
        {
            if (x.dtype == ScalarType.Float32) Transform((float*)start, (int)x.numel(), get_num_threads());
            else if (x.dtype == ScalarType.Float64) Transform((double*)start, (int)x.numel(), get_num_threads());
            else throw new ArgumentException($"The vector is {x.dtype}; it must be Float32 or Float64.", nameof(x));
        }
    }

    /// <summary>H x as products with small Hadamard matrices, one for each axis of x seen as a cube: what is fast on a GPU,
    /// and what autograd can see through.</summary>
    /// <param name="x">[n] of any floating type on any device; n is a power of two.</param>
    /// <returns>[n]; the caller owns it.</returns>
    public static Tensor ByMatrixProducts(Tensor x)
    {
        Check.Shape(x, "[N]");
        long n = x.numel();
        RequirePowerOfTwo(n);
        using var scope = NewDisposeScope();
        var y = x;
        for (long left = n; left > 1;)
        {
            long side = Math.Min(left, 64);
            // Each product transforms the last axis and brings it to the front.
            y = matmul(Matrix(side, x.dtype, x.device), y.reshape(n / side, side).t()).reshape(n);
            left /= side;
        }

        return (ReferenceEquals(y, x) ? x.clone() : y).MoveToOuterDisposeScope();
    }

    /// <summary>The Hadamard matrix of a power of two, [n, n], in Sylvester's order.</summary>
    /// <returns>Entries +1 and −1; the caller owns it.</returns>
    public static Tensor Matrix(long n, ScalarType dtype, Device device)
    {
        RequirePowerOfTwo(n);
        using var scope = NewDisposeScope();
        var h = ones(1, 1, dtype: dtype, device: device);
        while (h.shape[0] < n) h = cat([cat([h, h], 1), cat([h, -h], 1)], 0);
        return h.MoveToOuterDisposeScope();
    }

    /// <summary>The same for memory outside the managed heap, over up to <paramref name="threads"/> threads.</summary>
    internal static unsafe void Transform<T>(T* x, int n, int threads)
        where T : unmanaged, INumber<T>
    {
        if (n <= RowLength)
        {
            HadamardStages.All(x, n);
            return;
        }

        if (n <= InCache)
        {
            for (T* row = x; row < x + n; row += RowLength) HadamardStages.All(row, RowLength);
            HadamardStages.From(x, n, RowLength);
            return;
        }

        int rows = n / RowLength, lanes = Math.Min(64 / sizeof(T) * 2, RowLength);
        Parts.Run(Math.Min(rows, 64), threads, (part, parts) =>
        {
            for (int row = rows * part / parts; row < rows * (part + 1) / parts; row++)
            {
                HadamardStages.All(x + ((long)row * RowLength), RowLength);
            }
        });
        Parts.Run(RowLength / lanes, threads, (panel, _) => TransformPanel(x + (panel * lanes), rows, lanes));
    }

    private static unsafe void TransformPanel<T>(T* x, int rows, int lanes)
        where T : unmanaged, INumber<T>
    {
        using var panel = new NativeBuffer<T>(rows * lanes);
        for (int row = 0; row < rows; row++)
        {
            new ReadOnlySpan<T>(x + ((long)row * RowLength), lanes).CopyTo(new Span<T>(panel.Start + (row * lanes), lanes));
        }

        HadamardStages.From(panel.Start, rows * lanes, lanes);
        for (int row = 0; row < rows; row++)
        {
            new ReadOnlySpan<T>(panel.Start + (row * lanes), lanes).CopyTo(new Span<T>(x + ((long)row * RowLength), lanes));
        }
    }

    private static void RequirePowerOfTwo(long n)
    {
        if (n > 0 && BitOperations.IsPow2(n)) return;
        throw new ArgumentException($"The vector has {n} elements; a Walsh-Hadamard transform needs a power of two.");
    }
}
