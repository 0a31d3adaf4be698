using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Golgi.Numerics.LinearAlgebra;

/// <summary>A hash by which a change of memory is noticed, computed about as fast as memory is read.</summary>
/// <remarks>Each of 32 lanes takes in its words of 64 bits as h ← m ⊕ (m ≫ 29) with m = (h ⊕ word) · P modulo 2⁶⁴ and an odd P. (Not by 32
/// bits: the signs of a word's two floats lie so far apart, and three changed signs would cancel.) The lanes are taken in likewise, each
/// followed by MurmurHash3's finalizer, since a step like the lanes' own would let a change in one cancel a change in the next. Every step
/// can be undone, so that a change of one word, however small, always changes the hash; several changes cancel with a probability of about
/// 2⁻⁶⁴. It is no protection against somebody who wants them to cancel.</remarks>
internal static class ChangeHash
{
    private const ulong Prime = 0x9E3779B185EBCA87;
    private const int Shift = 29;
    private const int Stride = 4 * 64; // bytes in a step: four vectors that do not wait for each other

    /// <summary>The hash of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var prime = Vector512.Create(Prime);
        Vector512<ulong> a = Vector512<ulong>.Zero, b = a, c = a, d = a;
        int whole = bytes.Length / Stride * Stride;
        Sum(bytes[..whole], prime, ref a, ref b, ref c, ref d);
        if (whole < bytes.Length)
        {
            Span<byte> rest = stackalloc byte[Stride];
            rest.Clear();
            bytes[whole..].CopyTo(rest);
            Sum(rest, prime, ref a, ref b, ref c, ref d);
        }

        ulong hash = (ulong)bytes.Length;
        foreach (var lanes in (ReadOnlySpan<Vector512<ulong>>)[a, b, c, d])
        {
            for (int lane = 0; lane < Vector512<ulong>.Count; lane++)
            {
                hash = Mixed(unchecked((hash ^ lanes[lane]) * Prime));
            }
        }

        return hash;
    }

    /// <summary>A word of which every bit depends on every bit of the given one, and from which that one follows.</summary>
    private static ulong Mixed(ulong word) => unchecked(Folded(Folded(Folded(word) * 0xFF51AFD7ED558CCD) * 0xC4CEB9FE1A85EC53));

    private static ulong Folded(ulong word) => word ^ (word >> 33);

    private static void Sum(
        ReadOnlySpan<byte> bytes, Vector512<ulong> prime, ref Vector512<ulong> first, ref Vector512<ulong> second, ref Vector512<ulong> third,
        ref Vector512<ulong> fourth)
    {
        Vector512<ulong> a = first, b = second, c = third, d = fourth;
        var vectors = MemoryMarshal.Cast<byte, Vector512<ulong>>(bytes);
        for (int i = 0; i <= vectors.Length - 4; i += 4)
        {
            a = (a ^ vectors[i]) * prime;
            b = (b ^ vectors[i + 1]) * prime;
            c = (c ^ vectors[i + 2]) * prime;
            d = (d ^ vectors[i + 3]) * prime;
            a ^= a >>> Shift;
            b ^= b >>> Shift;
            c ^= c >>> Shift;
            d ^= d >>> Shift;
        }

        (first, second, third, fourth) = (a, b, c, d);
    }
}
