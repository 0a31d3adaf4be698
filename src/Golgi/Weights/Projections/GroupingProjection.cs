using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Golgi.Numerics;

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
    private const int Stored = 1 << 22, MostParts = 8, LongestSum = 512;
    private const ulong SlotStream = 0x67726F7570_00, SignStream = 0x67726F7570_01;
    private readonly ulong seed;
    private readonly int run;
    private readonly int runs;
    private readonly int[]? codes;
    private readonly double[] scales;

    /// <summary>Draws the groups.</summary>
    /// <param name="weights">D.</param>
    /// <param name="dimension">d, from 1 to D.</param>
    /// <param name="seed">Names the map.</param>
    public GroupingProjection(long weights, int dimension, ulong seed)
        : base(weights, dimension)
    {
        this.seed = seed;
        run = (int)Math.Min(Math.Max(4096L / dimension, 1) * dimension, int.MaxValue / 2);
        runs = (int)((weights + run - 1) / run);
        if (weights <= Stored) codes = new int[weights];
        scales = Scales();
    }

    /// <inheritdoc/>
    public override string Kind => "grouping";

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    /// <summary>The group of each weight and its sign: the coordinate's number, plus d where the sign is −1.</summary>
    internal int[] Codes()
    {
        int[] all = new int[WeightCount];
        for (int i = 0; i < runs; i++) Draw(i, all.AsSpan((int)Start(i), Length(i)));
        return all;
    }

    /// <inheritdoc/>
    private protected override void Multiply<T>(T* coordinates, T* origin, T* weights, int threads)
    {
        int d = Dimension;
        using var table = new NativeBuffer<T>(2L * d);
        for (int j = 0; j < d; j++)
        {
            table.Start[j] = coordinates[j] * T.CreateTruncating(scales[j]);
            table.Start[d + j] = -table.Start[j];
        }

        T* values = table.Start;
        Parts.Run(Math.Min(runs, MostParts), threads, (part, parts) => ForRuns(
            part, parts, (code, start, length) => Gather(origin + start, values, code, weights + start, length)));
    }

    /// <inheritdoc/>
    private protected override void MultiplyTransposed<T>(T* gradient, T* coordinates, int threads)
    {
        int d = Dimension;
        int all = (int)Math.Clamp(WeightCount / (32L * d), 1, Math.Min(runs, MostParts)); // a part costs as much as 2 d weights
        int drain = (int)Math.Max(1, 2L * LongestSum * d / run);
        using var sums = new NativeBuffer<double>(2L * d * all);
        using var table = new NativeBuffer<T>(2L * d * all);
        new Span<double>(sums.Start, 2 * d * all).Clear();
        Parts.Run(all, threads, (part, parts) =>
        {
            T* partial = table.Start + (2L * d * part);
            double* total = sums.Start + (2L * d * part);
            new Span<T>(partial, 2 * d).Clear();
            int pending = 0;
            ForRuns(part, parts, (code, start, length) =>
            {
                Scatter(gradient + start, code, partial, length);
                if (++pending % drain == 0) Drain(partial, total, 2 * d); // keeps single-precision sums short
            });
            Drain(partial, total, 2 * d);
        });

        for (int j = 0; j < d; j++)
        {
            double sum = 0;
            for (int part = 0; part < all; part++) sum += sums.Start[(2L * d * part) + j] - sums.Start[(2L * d * part) + d + j];
            coordinates[j] = T.CreateTruncating(sum * scales[j]);
        }
    }

    private static void Gather<T>(T* origin, T* values, int* code, T* weights, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        if (typeof(T) == typeof(float) && Avx2.IsSupported)
        {
            for (; i <= count - 8; i += 8)
            {
                var moves = Avx2.GatherVector256((float*)values, Vector256.Load(code + i), sizeof(float));
                (Vector256.Load((float*)origin + i) + moves).Store((float*)weights + i);
            }
        }

        for (; i < count; i++) weights[i] = origin[i] + values[code[i]];
    }

    private static void Scatter<T>(T* gradient, int* code, T* sums, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < count; i++) sums[code[i]] += gradient[i];
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

    private delegate void RunAction(int* code, long start, int length);

    private void ForRuns(int part, int parts, RunAction action)
    {
        using var scratch = new NativeBuffer<int>(codes is null ? run : 0);
        fixed (int* stored = codes)
        {
            for (int i = (int)((long)runs * part / parts); i < (long)runs * (part + 1) / parts; i++)
            {
                if (codes is null) Draw(i, new Span<int>(scratch.Start, Length(i)));
                action(codes is null ? scratch.Start : stored + Start(i), Start(i), Length(i));
            }
        }
    }

    private long Start(int index) => (long)index * run;

    private int Length(int index) => (int)Math.Min(run, WeightCount - Start(index));

    /// <summary>Deals the coordinates out over one run (Fisher and Yates, inside out) and turns signs.</summary>
    private void Draw(int index, Span<int> code)
    {
        var philox = new Philox(seed, SlotStream);
        Span<uint> words = stackalloc uint[512];
        for (int i = 0, slot = 0; i < code.Length; i++, slot = slot + 1 == Dimension ? 0 : slot + 1)
        {
            if (i % words.Length == 0) philox.Fill(words[..Math.Min(words.Length, code.Length - i)], (ulong)(Start(index) + i));
            int j = (int)(((ulong)words[i % words.Length] * (uint)(i + 1)) >> 32);
            code[i] = code[j];
            code[j] = slot;
        }

        var signs = new Philox(seed, SignStream);
        for (int i = 0; i < code.Length; i++)
        {
            if (i % words.Length == 0) signs.Fill(words[..Math.Min(words.Length, code.Length - i)], (ulong)(Start(index) + i));
            code[i] += (int)(words[i % words.Length] >> 31) * Dimension;
        }
    }

    private double[] Scales()
    {
        long[] counts = new long[Dimension];
        int[] scratch = codes is null ? new int[run] : [];
        for (int i = 0; i < runs; i++)
        {
            var code = codes is null ? scratch.AsSpan(0, Length(i)) : codes.AsSpan((int)Start(i), Length(i));
            Draw(i, code);
            foreach (int c in code) counts[c < Dimension ? c : c - Dimension]++;
        }

        return [.. counts.Select(count => 1 / Math.Sqrt(count))];
    }
}
