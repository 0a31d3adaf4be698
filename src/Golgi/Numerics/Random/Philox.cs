using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Golgi.Numerics.Random;

/// <summary>
/// Philox 4x32-10: a counter-based generator. Number i of a stream is a function of (seed, stream, i) alone, so any
/// part of a stream can be made on its own, in any order, on any machine, and is always the same.
/// </summary>
/// <remarks>Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The key is the seed; the
/// low 64 bits of the counter are the block's number, the high 64 bits the stream. Each block gives four 32-bit words.</remarks>
/// <param name="seed">The key.</param>
/// <param name="stream">Streams of one seed are independent of each other.</param>
public sealed class Philox(ulong seed, ulong stream = 0)
{
    private const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;
    private const int Group = 8; // blocks that are made together

    /// <summary>The seed.</summary>
    public ulong Seed => seed;

    /// <summary>The stream's number.</summary>
    public ulong Stream => stream;

    /// <summary>One block of the raw function: ten rounds over a 128-bit counter and a 64-bit key.</summary>
    public static (uint X, uint Y, uint Z, uint W) Block((uint X, uint Y, uint Z, uint W) counter, (uint X, uint Y) key)
    {
        var (x, y, z, w) = counter;
        var (a, b) = key;
        for (int round = 0; round < 10; round++)
        {
            ulong first = (ulong)MultiplierA * x, second = (ulong)MultiplierB * z;
            (x, y, z, w) = ((uint)(second >> 32) ^ y ^ a, (uint)second, (uint)(first >> 32) ^ w ^ b, (uint)first);
            a += WeylA;
            b += WeylB;
        }

        return (x, y, z, w);
    }

    /// <summary>Fills a span with the stream's 32-bit words from number <paramref name="start"/> on.</summary>
    public void Fill(Span<uint> words, ulong start = 0)
    {
        int head = (int)Math.Min((uint)words.Length, (4 - (uint)(start % 4)) % 4);
        FillScalar(words[..head], start);
        int blocks = (words.Length - head) / 4;
        if (Avx2.IsSupported) blocks = blocks / Group * Group;
        else blocks = 0;
        FillVector(words.Slice(head, blocks * 4), (start + (ulong)head) / 4);
        int done = head + (blocks * 4);
        FillScalar(words[done..], start + (ulong)done);
    }

    /// <summary>A reading position at the stream's start, for code that draws one number after another.</summary>
    public PhiloxReader Reader() => new(this);

    /// <summary>A permutation of 0..n-1, every one equally likely (Fisher-Yates over the stream's first words).</summary>
    /// <param name="n">Its length, 0 or more.</param>
    public long[] Permutation(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        long[] order = new long[n];
        var reader = Reader();
        for (int i = 0; i < n; i++)
        {
            int j = reader.Next(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }

    private void FillScalar(Span<uint> words, ulong start)
    {
        for (int i = 0; i < words.Length;)
        {
            ulong index = start + (ulong)i;
            var block = At(index / 4);
            for (uint lane = (uint)(index % 4); lane < 4 && i < words.Length; lane++, i++)
            {
                words[i] = lane switch { 0 => block.X, 1 => block.Y, 2 => block.Z, _ => block.W };
            }
        }
    }

    /// <summary>Eight blocks at a time, one in each 64-bit lane of two groups, whose multiplications overlap; the high half of
    /// a lane is left as it falls, because the multiplication reads the low half only.</summary>
    private void FillVector(Span<uint> words, ulong block)
    {
        var output = MemoryMarshal.Cast<uint, ulong>(words);
        var keyA = Vector256.Create((ulong)(uint)seed);
        var keyB = Vector256.Create(seed >> 32);
        var lanes = Vector256.Create(0UL, 1, 2, 3);
        for (int at = 0; at < output.Length; at += 2 * Group, block += Group)
        {
            var one = (X: Vector256.Create(block) + lanes, Y: default(Vector256<ulong>), Z: Vector256.Create(
                stream), W: Vector256.Create(stream >> 32));
            var two = one with { X = one.X + Vector256.Create(4UL) };
            (one.Y, two.Y) = (one.X >>> 32, two.X >>> 32);
            var (a, b) = (keyA, keyB);
            for (int round = 0; round < 10; round++)
            {
                one = Round(one, a, b);
                two = Round(two, a, b);
                a += Vector256.Create((ulong)WeylA);
                b += Vector256.Create((ulong)WeylB);
            }

            Store(one, output[at..]);
            Store(two, output[(at + Group)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> X, Vector256<ulong> Y, Vector256<ulong> Z, Vector256<ulong> W) Round(
        (Vector256<ulong> X, Vector256<ulong> Y, Vector256<ulong> Z, Vector256<ulong> W) at, Vector256<ulong> a, Vector256<ulong> b)
    {
        var first = Avx2.Multiply(at.X.AsUInt32(), Vector256.Create((ulong)MultiplierA).AsUInt32());
        var second = Avx2.Multiply(at.Z.AsUInt32(), Vector256.Create((ulong)MultiplierB).AsUInt32());
        return ((second >>> 32) ^ at.Y ^ a, second, (first >>> 32) ^ at.W ^ b, first);
    }

    /// <summary>Four blocks in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store((Vector256<ulong> X, Vector256<ulong> Y, Vector256<ulong> Z, Vector256<ulong> W) blocks, Span<ulong> output)
    {
        var low = Vector256.Create((ulong)uint.MaxValue);
        var front = (blocks.X & low) | (blocks.Y << 32);
        var back = (blocks.Z & low) | (blocks.W << 32);
        var even = Avx2.UnpackLow(front, back);  // blocks 0 and 2
        var odd = Avx2.UnpackHigh(front, back);  // blocks 1 and 3
        Avx2.Permute2x128(even, odd, 0x20).CopyTo(output);
        Avx2.Permute2x128(even, odd, 0x31).CopyTo(output[4..]);
    }

    private (uint X, uint Y, uint Z, uint W) At(ulong block) => Block(
        ((uint)block, (uint)(block >> 32), (uint)stream, (uint)(stream >> 32)), ((uint)seed, (uint)(seed >> 32)));
}
