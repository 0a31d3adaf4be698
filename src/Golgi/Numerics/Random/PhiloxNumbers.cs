using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Golgi.Foundation;
using Golgi.Numerics.LinearAlgebra;

namespace Golgi.Numerics.Random;

/// <summary>Numbers made from a <see cref="Philox"/> stream, many at a time. Number i is a function of (seed, stream, i)
/// alone and has the same bits on every machine; each kind of number reads the stream's words in its own way, so draw
/// different kinds from different streams.</summary>
public static class PhiloxNumbers
{
    private const int Group = 16, Chunk = 1024;

    /// <summary>Uniform numbers in [0, 1), multiples of 2⁻²⁴: number i is word i's upper 24 bits.</summary>
    /// <param name="start">The number of the first one.</param>
    public static void FillUniform(this Philox philox, Span<float> numbers, ulong start = 0)
    {
        var words = MemoryMarshal.Cast<float, uint>(numbers);
        philox.Fill(words, start);
        for (int i = 0; i < words.Length; i++) numbers[i] = (words[i] >> 8) * (1f / 16777216f);
    }

    /// <summary>Standard normal numbers (Box and Muller 1958): in each group of sixteen, word j below 8 gives a radius, word
    /// j + 8 an angle, and numbers j and j + 8 are the two coordinates.</summary>
    /// <inheritdoc cref="FillUniform"/>
    public static void FillNormal(this Philox philox, Span<float> numbers, ulong start = 0)
    {
        int skipped = (int)(start % Group);
        if (skipped > 0 && numbers.Length > 0)
        {
            Span<float> group = stackalloc float[Group];
            FillGroups(philox, group, start - (ulong)skipped);
            int part = Math.Min(Group - skipped, numbers.Length);
            group.Slice(skipped, part).CopyTo(numbers);
            numbers = numbers[part..];
            start += (ulong)part;
        }

        int whole = numbers.Length / Group * Group;
        FillGroups(philox, numbers[..whole], start);
        if (whole < numbers.Length)
        {
            Span<float> group = stackalloc float[Group];
            FillGroups(philox, group, start + (ulong)whole);
            group[..(numbers.Length - whole)].CopyTo(numbers[whole..]);
        }
    }

    /// <summary>+1 or −1: number i is bit i mod 32 of word i / 32.</summary>
    /// <inheritdoc cref="FillUniform"/>
    public static void FillSigns(this Philox philox, Span<float> numbers, ulong start = 0)
    {
        Span<uint> words = stackalloc uint[32];
        for (int i = 0; i < numbers.Length;)
        {
            ulong first = (start + (ulong)i) / 32;
            philox.Fill(words, first);
            ulong end = (first + 32) * 32;
            for (; i < numbers.Length && start + (ulong)i < end; i++)
            {
                ulong at = start + (ulong)i;
                numbers[i] = ((words[(int)((at / 32) - first)] >> (int)(at % 32)) & 1) == 0 ? 1f : -1f;
            }
        }
    }

    /// <summary>Whole numbers in [0, <paramref name="bound"/>): number i is (word i · bound) / 2³². Their probabilities differ by
    /// less than bound / 2³² of themselves.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not above 0.</exception>
    /// <inheritdoc cref="FillUniform"/>
    public static void FillIndices(this Philox philox, Span<int> numbers, int bound, ulong start = 0)
    {
        Check.Positive(bound);
        philox.Fill(MemoryMarshal.Cast<int, uint>(numbers), start);
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (int)(((ulong)(uint)numbers[i] * (uint)bound) >> 32);
    }

    /// <summary>A permutation of 0..n−1 (Fisher and Yates, inside out): element i trades places with element (word i · (i+1)) / 2³².</summary>
    /// <param name="order">Receives the permutation; its length is n.</param>
    /// <param name="start">The number of the first word that is used.</param>
    public static void FillPermutation(this Philox philox, Span<int> order, ulong start = 0)
    {
        Span<uint> words = stackalloc uint[Chunk];
        for (int i = 0; i < order.Length; i++)
        {
            if (i % Chunk == 0) philox.Fill(words[..Math.Min(Chunk, order.Length - i)], start + (ulong)i);
            int j = (int)(((ulong)words[i % Chunk] * (uint)(i + 1)) >> 32);
            order[i] = order[j];
            order[j] = i;
        }
    }

    private static void FillGroups(Philox philox, Span<float> numbers, ulong start)
    {
        var words = MemoryMarshal.Cast<float, uint>(numbers);
        for (int at = 0; at < words.Length; at += Chunk)
        {
            var part = words[at..Math.Min(at + Chunk, words.Length)];
            philox.Fill(part, start + (ulong)at);
            var output = numbers.Slice(at, part.Length);
            for (int i = 0; i < part.Length; i += Group)
            {
                var (first, second) = ExactMath.Normals(Vector256.Create<uint>(part[i..]), Vector256.Create<uint>(part[(i + 8)..]));
                first.CopyTo(output[i..]);
                second.CopyTo(output[(i + 8)..]);
            }
        }
    }
}
