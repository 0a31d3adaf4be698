using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Golgi.Native;
using static TorchSharp.torch;

namespace Golgi.Numerics.LinearAlgebra;

/// <summary>Some rows of a matrix, packed into panels of 16 columns, for products of the form XᵀY of tall float64 matrices: sums over
/// millions of rows with a small result.</summary>
/// <remarks>Why not the matrix product of libtorch: its library runs such products at a quarter of what a processor with 512-bit
/// vectors does, makes no use of the symmetry of XᵀX, and wants the matrix centred in memory first. Here an origin is taken off while
/// packing. The order of every sum is fixed, whatever the number of threads. For processors without such vectors use
/// <see cref="TransposedProduct"/>, which chooses.</remarks>
internal sealed unsafe class RowPanels(long columns) : IDisposable
{
    /// <summary>Rows that are packed at once: a panel of them fills the first cache, and the result is read and written once for as many.</summary>
    public const int Depth = 384;

    private const int Width = 16, Height = 8;

    // Fresh memory costs more than the products of a short block; these are handed on.
    private static readonly ConcurrentBag<NativeBuffer<double>> Idle = [];

    private readonly NativeBuffer<double> panels = Rent((columns + Width - 1) / Width * Width * Depth);

    /// <summary>True where the processor has the vectors that this is written for.</summary>
    public static bool Fast => Vector512.IsHardwareAccelerated;

    private int Rows { get; set; }

    private int Count => (int)((columns + Width - 1) / Width);

    /// <summary>Packs rows, up to <see cref="Depth"/> of them.</summary>
    /// <param name="x">float64 [n, columns], contiguous.</param>
    /// <param name="origin">float64 [columns], taken off each row; null: nothing.</param>
    /// <param name="start">The first row.</param>
    /// <param name="sum">float64 [columns], to which the packed rows are added; null: nothing.</param>
    public void Fill(Tensor x, Tensor? origin, long start, WorkTeam team, Tensor? sum = null)
    {
        Rows = (int)Math.Min(Depth, x.shape[0] - start);
        using var part = x.narrow(0, start, Rows);
        fixed (byte* from = part.bytes)
        fixed (byte* shift = origin is null ? default : origin.bytes)
        fixed (byte* total = sum is null ? default : sum.bytes)
        {
            double* rows = (double*)from, off = (double*)shift, sums = (double*)total;
            team.Run(Count, panel =>
            {
                Pack(rows, off, panel);
                if (sums != null) AddRows(sums, panel);
            });
        }
    }

    /// <summary>Adds XᵀY of what two panels hold; with itself, only at and above the diagonal.</summary>
    /// <param name="into">float64 [left columns, right columns], contiguous.</param>
    public static void AddProducts(RowPanels left, RowPanels right, Tensor into, WorkTeam team)
    {
        long rows = into.shape[0], columns = into.shape[1];
        fixed (byte* start = into.bytes)
        {
            double* target = (double*)start;
            // The longest columns of a triangle first, so that threads end together.
            team.Run(right.Count, piece => AddProducts(left, right, right.Count - 1 - piece, target, rows, columns));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Idle.Add(panels);

    private static NativeBuffer<double> Rent(long count)
    {
        if (!Idle.TryTake(out var buffer)) return new NativeBuffer<double>(count);
        if (buffer.Count >= count) return buffer;
        buffer.Dispose();
        return new NativeBuffer<double>(count);
    }

    // The products of all of the left side with one panel of the right.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProducts(RowPanels left, RowPanels right, int panel, double* target, long rows, long columns)
    {
        double* tile = stackalloc double[Height * Width];
        double* b = right.panels.Start + ((long)panel * Width * Depth);
        long end = ReferenceEquals(left, right) ? Math.Min(rows, (panel + 1) * Width) : rows;
        for (int at = 0; at < end; at += Height)
        {
            Multiply(left.panels.Start + ((long)(at / Width) * Width * Depth) + (at % Width), b, left.Rows, tile);
            Add(tile, target, at, rows, panel * Width, columns);
        }
    }

    // Columns beyond the matrix become zeros, so that every tile is whole.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(double* from, double* origin, int panel)
    {
        int first = panel * Width, width = (int)Math.Min(Width, columns - first);
        double* to = panels.Start + ((long)panel * Width * Depth);
        for (int row = 0; row < Rows; row++, to += Width)
        {
            double* x = from + ((long)row * columns) + first;
            if (width == Width && origin != null)
            {
                (Vector512.Load(x) - Vector512.Load(origin + first)).Store(to);
                (Vector512.Load(x + 8) - Vector512.Load(origin + first + 8)).Store(to + 8);
                continue;
            }

            for (int i = 0; i < width; i++) to[i] = origin == null ? x[i] : x[i] - origin[first + i];
            for (int i = width; i < Width; i++) to[i] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRows(double* sum, int panel)
    {
        int first = panel * Width, width = (int)Math.Min(Width, columns - first);
        double* from = panels.Start + ((long)panel * Width * Depth);
        Vector512<double> low = default, high = default;
        for (int row = 0; row < Rows; row++, from += Width)
        {
            low += Vector512.Load(from);
            high += Vector512.Load(from + 8);
        }

        for (int i = 0; i < width; i++) sum[first + i] += i < 8 ? low[i] : high[i - 8];
    }

    // A tile of 8 × 16 products stays in 16 registers over all rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(double* a, double* b, int rows, double* tile)
    {
        Vector512<double> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        Vector512<double> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        for (int row = 0; row < rows; row++, a += Width, b += Width)
        {
            var (low, high) = (Vector512.Load(b), Vector512.Load(b + 8));
            var x = Vector512.Create(a[0]);
            (c00, c01) = (Vector512.FusedMultiplyAdd(x, low, c00), Vector512.FusedMultiplyAdd(x, high, c01));
            x = Vector512.Create(a[1]);
            (c10, c11) = (Vector512.FusedMultiplyAdd(x, low, c10), Vector512.FusedMultiplyAdd(x, high, c11));
            x = Vector512.Create(a[2]);
            (c20, c21) = (Vector512.FusedMultiplyAdd(x, low, c20), Vector512.FusedMultiplyAdd(x, high, c21));
            x = Vector512.Create(a[3]);
            (c30, c31) = (Vector512.FusedMultiplyAdd(x, low, c30), Vector512.FusedMultiplyAdd(x, high, c31));
            x = Vector512.Create(a[4]);
            (c40, c41) = (Vector512.FusedMultiplyAdd(x, low, c40), Vector512.FusedMultiplyAdd(x, high, c41));
            x = Vector512.Create(a[5]);
            (c50, c51) = (Vector512.FusedMultiplyAdd(x, low, c50), Vector512.FusedMultiplyAdd(x, high, c51));
            x = Vector512.Create(a[6]);
            (c60, c61) = (Vector512.FusedMultiplyAdd(x, low, c60), Vector512.FusedMultiplyAdd(x, high, c61));
            x = Vector512.Create(a[7]);
            (c70, c71) = (Vector512.FusedMultiplyAdd(x, low, c70), Vector512.FusedMultiplyAdd(x, high, c71));
        }

        Store(tile, 0, c00, c01);
        Store(tile, 1, c10, c11);
        Store(tile, 2, c20, c21);
        Store(tile, 3, c30, c31);
        Store(tile, 4, c40, c41);
        Store(tile, 5, c50, c51);
        Store(tile, 6, c60, c61);
        Store(tile, 7, c70, c71);
    }

    private static void Store(double* tile, int row, Vector512<double> low, Vector512<double> high)
    {
        low.Store(tile + (row * Width));
        high.Store(tile + (row * Width) + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(double* tile, double* target, int firstRow, long rows, int firstColumn, long columns)
    {
        int height = (int)Math.Min(Height, rows - firstRow), width = (int)Math.Min(Width, columns - firstColumn);
        for (int i = 0; i < height; i++)
        {
            double* to = target + ((firstRow + i) * columns) + firstColumn, from = tile + (i * Width);
            if (width == Width)
            {
                (Vector512.Load(to) + Vector512.Load(from)).Store(to);
                (Vector512.Load(to + 8) + Vector512.Load(from + 8)).Store(to + 8);
                continue;
            }

            for (int j = 0; j < width; j++) to[j] += from[j];
        }
    }
}
