using Golgi.Native;
using Golgi.Numerics.Random;

namespace Golgi.Weights.Projections;

/// <summary>The random parts of a grouping, run by run, stored or made anew each time they are asked for.</summary>
internal sealed unsafe class GroupingRuns : IDisposable
{
    private const ulong SlotStream = 0x67726F7570_00, SignStream = 0x67726F7570_01;
    private const int Words = 512;
    private readonly long weights;
    private readonly int dimension;
    private readonly ulong seed;
    private readonly NativeBuffer<int>? codes;  // by weight: its coordinate, and its sign as the highest bit
    private readonly NativeBuffer<int>? places; // by deal and coordinate: the weight within the run, and its sign

    public GroupingRuns(long weights, int dimension, ulong seed, bool store)
    {
        (this.weights, this.dimension, this.seed) = (weights, dimension, seed);
        Length = (int)Math.Min(Math.Max(4096L / dimension, 1) * dimension, int.MaxValue / 2);
        Count = (int)((weights + Length - 1) / Length);
        if (!store) return;
        (codes, places) = (new NativeBuffer<int>(weights), new NativeBuffer<int>(weights));
        for (int i = 0; i < Count; i++)
        {
            var run = At(i, codes.Start + Start(i), places.Start + Start(i));
            Draw(run);
            FindPlaces(run);
        }
    }

    /// <summary>Weights in a run; the last run may have fewer.</summary>
    public int Length { get; }

    /// <summary>How many runs there are.</summary>
    public int Count { get; }

    /// <summary>Visits one part of all runs in order.</summary>
    public void ForEach(int part, int parts, Action<GroupingRun> action)
    {
        using var scratch = new NativeBuffer<int>(codes is null ? Length : 0);
        for (int i = (int)((long)Count * part / parts); i < (long)Count * (part + 1) / parts; i++)
        {
            var run = codes is null ? At(i, scratch.Start, null) : At(i, codes.Start + Start(i), places!.Start + Start(i));
            if (codes is null) Draw(run);
            action(run);
        }
    }

    /// <summary>How many weights each coordinate has.</summary>
    public long[] Counts()
    {
        long[] counts = new long[dimension];
        ForEach(0, 1, run =>
        {
            for (int i = 0; i < run.Length; i++) counts[run.Codes[i] & int.MaxValue]++;
        });
        return counts;
    }

    public void Dispose()
    {
        codes?.Dispose();
        places?.Dispose();
    }

    private long Start(int index) => (long)index * Length;

    private GroupingRun At(int index, int* code, int* place)
    {
        int length = (int)Math.Min(Length, weights - Start(index));
        return new GroupingRun(Start(index), length, dimension, code, length % dimension == 0 ? place : null);
    }

    /// <summary>Deals the coordinates out over one run (Fisher and Yates, inside out) and turns signs.</summary>
    private void Draw(GroupingRun run)
    {
        Span<uint> words = stackalloc uint[Words];
        var slots = new Philox(seed, SlotStream);
        for (int i = 0, slot = 0; i < run.Length; i++, slot = slot + 1 == dimension ? 0 : slot + 1)
        {
            if (i % Words == 0) slots.Fill(words[..Math.Min(Words, run.Length - i)], (ulong)(run.Start + i));
            int j = (int)(((ulong)words[i % Words] * (uint)(i + 1)) >> 32);
            run.Codes[i] = run.Codes[j];
            run.Codes[j] = slot;
        }

        var signs = new Philox(seed, SignStream);
        for (int i = 0; i < run.Length; i++)
        {
            if (i % Words == 0) signs.Fill(words[..Math.Min(Words, run.Length - i)], (ulong)(run.Start + i));
            run.Codes[i] |= (int)(words[i % Words] & 0x80000000);
        }
    }

    private void FindPlaces(GroupingRun run)
    {
        if (run.Places is null) return;
        int[] dealt = new int[dimension];
        for (int i = 0; i < run.Length; i++)
        {
            int slot = run.Codes[i] & int.MaxValue;
            run.Places[(dealt[slot]++ * dimension) + slot] = i | (run.Codes[i] & int.MinValue);
        }
    }
}
