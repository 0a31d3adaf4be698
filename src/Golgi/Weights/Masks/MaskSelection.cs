using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Weights.Masks;

/// <summary>The choices behind <see cref="Mask"/>.</summary>
internal static class MaskSelection
{
    /// <summary>The positions with the largest scores, exactly <paramref name="keep"/> of them; among equal ones at the threshold
    /// each is as likely as the other.</summary>
    /// <param name="scores">[D].</param>
    /// <param name="positions">int64 [n].</param>
    public static Tensor Largest(Tensor scores, Tensor positions, long keep, PhiloxReader reader)
    {
        long n = positions.shape[0];
        if (keep < 0 || keep > n)
        {
            throw new ArgumentException($"{keep} weights are to be kept of {n} that are left; it must be between 0 and {n}.", nameof(keep));
        }

        if (keep == 0) return positions.narrow(0, 0, 0);
        var candidates = scores.index_select(0, positions);
        if (candidates.isnan().any().item<bool>())
        {
            throw new ArgumentException("A score is not a number; all scores must be numbers.", nameof(scores));
        }
        if (keep == n) return positions;
        var threshold = candidates.kthvalue(n - keep + 1, 0).values;
        var above = positions.masked_select(candidates.gt(threshold));
        var tied = positions.masked_select(candidates.eq(threshold));
        return cat([above, Sample(tied, keep - above.shape[0], reader)]);
    }

    /// <summary>A random choice of positions without repetition (the first steps of a Fisher-Yates shuffle).</summary>
    public static Tensor Sample(Tensor positions, long count, PhiloxReader reader)
    {
        long[] pool = positions.cpu().data<long>().ToArray();
        for (int i = 0; i < count; i++)
        {
            int j = i + reader.Next(pool.Length - i);
            (pool[i], pool[j]) = (pool[j], pool[i]);
        }

        return tensor(pool[..(int)count], device: positions.device);
    }

    /// <summary>Zeros and ones to bits, the first in the lowest bit of the first byte.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> flags)
    {
        byte[] packed = new byte[(flags.Length + 7) / 8];
        for (int i = 0; i < flags.Length; i++) packed[i / 8] |= (byte)(flags[i] << (i % 8));
        return packed;
    }

    /// <summary>The numbers of the bits that are set.</summary>
    public static long[] Unpack(byte[] packed, long count)
    {
        if (packed.Length != (count + 7) / 8)
        {
            throw new ArgumentException(
                $"{packed.Length} bytes of mask are given for {count} weights; there must be {(count + 7) / 8}.", nameof(packed));
        }

        var set = new List<long>();
        for (int i = 0; i < count; i++)
        {
            if (((packed[i / 8] >> (i % 8)) & 1) == 1) set.Add(i);
        }

        return [.. set];
    }
}
