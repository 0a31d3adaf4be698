using Golgi.Native;
using Golgi.Numerics.Random;

namespace Golgi.Weights.Projections;

/// <summary>The random parts of a Fastfood map, block by block, stored or made anew each time they are asked for.</summary>
internal sealed unsafe class FastfoodBlocks : IDisposable
{
    private const ulong SignStream = 0x66617374_00, OrderStream = 0x66617374_01, NormalStream = 0x66617374_02;
    private readonly long weights;
    private readonly ulong seed;
    private readonly NativeBuffer<uint>? signs;
    private readonly NativeBuffer<int>? orders;
    private readonly NativeBuffer<float>? normals;

    public FastfoodBlocks(long weights, int length, ulong seed, bool store)
    {
        this.weights = weights;
        this.seed = seed;
        Length = length;
        Count = (int)((weights + length - 1) / length);
        if (!store) return;
        long all = (long)Count * length;
        (signs, orders, normals) = (new NativeBuffer<uint>(Count * (long)SignWords), new NativeBuffer<int>(all), new NativeBuffer<float>(all));
        for (int i = 0; i < Count; i++) Draw(At(i, signs.Start, orders.Start, normals.Start, i));
    }

    /// <summary>L.</summary>
    public int Length { get; }

    /// <summary>⌈D / L⌉.</summary>
    public int Count { get; }

    private int SignWords => (Length + 31) / 32;

    /// <summary>Visits one part of all blocks in order.</summary>
    public void ForEach(int part, int parts, Action<FastfoodBlock> action)
    {
        bool stored = signs is not null;
        using var ownSigns = new NativeBuffer<uint>(stored ? 0 : SignWords);
        using var ownOrders = new NativeBuffer<int>(stored ? 0 : Length);
        using var ownNormals = new NativeBuffer<float>(stored ? 0 : Length);
        for (int i = (int)((long)Count * part / parts); i < (long)Count * (part + 1) / parts; i++)
        {
            var block = stored
                ? At(i, signs!.Start, orders!.Start, normals!.Start, i)
                : At(i, ownSigns.Start, ownOrders.Start, ownNormals.Start, 0);
            if (!stored) Draw(block);
            action(block);
        }
    }

    public void Dispose()
    {
        signs?.Dispose();
        orders?.Dispose();
        normals?.Dispose();
    }

    private FastfoodBlock At(int index, uint* sign, int* order, float* normal, long place)
    {
        long start = (long)index * Length;
        return new FastfoodBlock(
            index, start, (int)Math.Min(Length, weights - start),
            sign + (place * SignWords), order + (place * Length), normal + (place * Length));
    }

    private void Draw(FastfoodBlock block)
    {
        new Philox(seed, SignStream).Fill(new Span<uint>(block.Signs, SignWords), (ulong)block.Index * (ulong)SignWords);
        new Philox(seed, OrderStream).FillPermutation(new Span<int>(block.Order, Length), (ulong)block.Start);
        new Philox(seed, NormalStream).FillNormal(new Span<float>(block.Normals, Length), (ulong)block.Start);
    }
}
