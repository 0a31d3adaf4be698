using System.Numerics;
using Golgi.Foundation;
using Golgi.Native;
using Golgi.Numerics.LinearAlgebra;

namespace Golgi.Weights.Projections;

/// <summary>
/// Fastfood: dense Gaussian-like directions at O(D log L), y = s · H G Π H B pad(c) in blocks of length L, with H the
/// Walsh-Hadamard matrix, B random signs, Π a random permutation and G standard normal numbers on a diagonal. Blocks are
/// stacked until they cover D; every block has its own B, Π and G.
/// </summary>
/// <remarks>Le, Sarlós and Smola 2013; Li et al. 2018. The scale s makes each column's norm over D one: exactly in whole blocks, because
/// a column of Π H B has entries ±1 and H multiplies norms by √L; in the truncated last block on average. Stacked blocks of
/// L = 2^⌈log₂ d⌉ (at least 1024) stay in a core's cache; one block of L = 2^⌈log₂ D⌉ is what the released code of Li et al. does.
/// Up to four million weights the diagonals are stored, above that they are made anew from the seed.</remarks>
public sealed unsafe class FastfoodProjection : KernelProjection
{
    private const long Stored = 1 << 22;
    private const int ShortestBlock = 1024, MostParts = 8;
    private readonly FastfoodBlocks blocks;
    private readonly double scale;
    private readonly int parts;
    private NativeBuffer<byte>? scratch;

    private FastfoodProjection(long weights, int dimension, ulong seed, string kind, long block, long stored)
        : base(weights, dimension)
    {
        Kind = kind;
        int length = (int)Check.InRange((long)BitOperations.RoundUpToPowerOf2((ulong)block), 1, 1 << 30, "block length");
        blocks = new FastfoodBlocks(weights, length, seed, store: weights <= stored);
        parts = Math.Min(blocks.Count, MostParts);
        scale = 1 / Math.Sqrt(SquaredNorm());
    }

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <summary>Blocks of about d, stacked: fastest.</summary>
    /// <param name="weights">D.</param>
    /// <param name="dimension">d, from 1 to D.</param>
    /// <param name="seed">Names the map.</param>
    public static FastfoodProjection Stacked(long weights, int dimension, ulong seed) => Stacked(weights, dimension, seed, Stored);

    /// <summary>One block that covers all weights, as in the released code of Li et al. 2018.</summary>
    /// <inheritdoc cref="Stacked(long, int, ulong)"/>
    public static FastfoodProjection Single(long weights, int dimension, ulong seed) =>
        new(weights, dimension, seed, "fastfood-single", weights, Stored);

    /// <summary>The same, stored only up to so many weights.</summary>
    internal static FastfoodProjection Stacked(long weights, int dimension, ulong seed, long stored) =>
        new(weights, dimension, seed, "fastfood", Math.Max(dimension, Math.Min(ShortestBlock, weights)), stored);

    /// <inheritdoc/>
    public override void Dispose()
    {
        scratch?.Dispose();
        blocks.Dispose();
    }

    /// <inheritdoc/>
    private protected override void Multiply<T>(T* coordinates, T* origin, T* weights, int threads)
    {
        int length = blocks.Length, d = Dimension;
        T* memory = Scratch<T>();
        T factor = T.CreateTruncating(scale);
        Parts.Run(parts, threads, (part, all) =>
        {
            T* x = memory + (2L * length * part), y = x + length;
            blocks.ForEach(part, all, block =>
            {
                block.FlipSigns(coordinates, x, d);
                new Span<T>(x + d, length - d).Clear();
                Hadamard.Transform(x, length, blocks.Count == 1 ? threads : 1);
                block.Permute(x, y, length);
                Hadamard.Transform(y, length, blocks.Count == 1 ? threads : 1);
                FloatColumns.AddScaled(origin + block.Start, y, factor, weights + block.Start, block.Rows);
            });
        });
    }

    /// <inheritdoc/>
    private protected override void MultiplyTransposed<T>(T* gradient, T* coordinates, int threads)
    {
        int length = blocks.Length, d = Dimension;
        T* memory = Scratch<T>();
        using var sums = new NativeBuffer<T>((long)d * parts);
        new Span<T>(sums.Start, d * parts).Clear();
        Parts.Run(parts, threads, (part, all) =>
        {
            T* x = memory + (2L * length * part), y = x + length, sum = sums.Start + ((long)d * part);
            blocks.ForEach(part, all, block =>
            {
                new ReadOnlySpan<T>(gradient + block.Start, block.Rows).CopyTo(new Span<T>(y, length));
                new Span<T>(y + block.Rows, length - block.Rows).Clear();
                Hadamard.Transform(y, length, blocks.Count == 1 ? threads : 1);
                block.PermuteBack(y, x, length);
                Hadamard.Transform(x, length, blocks.Count == 1 ? threads : 1);
                block.FlipSigns(x, x, d);
                FloatColumns.AddScaled(sum, x, T.One, sum, d);
            });
        });

        for (int j = 0; j < d; j++)
        {
            T sum = T.Zero;
            for (int part = 0; part < parts; part++) sum += sums.Start[((long)d * part) + j];
            coordinates[j] = sum * T.CreateTruncating(scale);
        }
    }

    private T* Scratch<T>()
        where T : unmanaged
    {
        long bytes = 2L * blocks.Length * parts * sizeof(T);
        if (scratch is null || scratch.Count < bytes)
        {
            scratch?.Dispose();
            scratch = new NativeBuffer<byte>(bytes);
        }

        return (T*)scratch.Start;
    }

    /// <summary>Rows times the sum of squared diagonal entries, over all blocks: the squared norm of every column before scaling.</summary>
    private double SquaredNorm()
    {
        double[] sums = new double[blocks.Count];
        blocks.ForEach(0, 1, block =>
        {
            double sum = 0;
            for (int k = 0; k < blocks.Length; k++) sum += (double)block.Normals[k] * block.Normals[k];
            sums[block.Index] = sum * block.Rows;
        });
        return sums.Sum();
    }
}
