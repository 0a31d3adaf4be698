using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Weights.Masks;

/// <summary>The arithmetic of <see cref="TopK"/> on float32 vectors in CPU memory. The k-th largest |score| is found exactly by counting: without
/// its sign a float's bits grow with its value, so that three counts over its digits (11, 10 and 10 bits) give it, without any sorting.</summary>
internal static class TopKKernel
{
    private const uint Sign = 0x80000000;
    private const int Width = 8, Digit = 10, First = 20;

    /// <summary>True where the vectors are such.</summary>
    public static bool Fits(Tensor scores) => scores.dtype == ScalarType.Float32 && scores.device_type == DeviceType.CPU;

    /// <summary>Writes one layer's gates: 1 where |score| is among the k largest (the first of equal ones), otherwise 0.</summary>
    /// <param name="score">[n].</param>
    /// <param name="gate">[n], written.</param>
    /// <param name="k">In [1, n].</param>
    /// <param name="signed">Whether a gate takes its score's sign.</param>
    public static void Choose(Tensor score, Tensor gate, int k, bool signed)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<byte, uint>(score.bytes);
        Span<float> gates = MemoryMarshal.Cast<byte, float>(gate.bytes);
        var (threshold, ties) = Threshold(bits, k);
        uint mask = signed ? Sign : 0;
        int i = 0, equal = 0;
        for (; i <= bits.Length - Width; i += Width)
        {
            var own = Vector256.Create(bits[i..]);
            var size = (own & Vector256.Create(~Sign)).AsInt32();
            var kept = Vector256.GreaterThanOrEqual(size, Vector256.Create((int)threshold)).AsUInt32();
            (kept & (Vector256<float>.One.AsUInt32() | (own & Vector256.Create(mask)))).AsSingle().CopyTo(gates[i..]);
            equal -= Vector256.Sum(Vector256.Equals(size, Vector256.Create((int)threshold)));
        }

        for (; i < bits.Length; i++)
        {
            uint size = bits[i] & ~Sign;
            gates[i] = size >= threshold ? (bits[i] & mask) != 0 ? -1 : 1 : 0;
            if (size == threshold) equal++;
        }

        for (i = bits.Length - 1; equal > ties; i--)
        {
            if ((bits[i] & ~Sign) != threshold) continue;
            gates[i] = 0;
            equal--;
        }
    }

    /// <summary>Writes one layer's weights, θ₀ ⊙ gate · factor.</summary>
    public static void Gate(ScoreWindow window, float factor)
    {
        ReadOnlySpan<float> origin = Floats(window.Origin), gate = Floats(window.Gate);
        Span<float> weights = Floats(window.Weights);
        int width = Vector<float>.Count, i = 0;
        for (; i <= weights.Length - width; i += width)
        {
            (new Vector<float>(origin[i..]) * new Vector<float>(gate[i..]) * factor).CopyTo(weights[i..]);
        }

        for (; i < weights.Length; i++) weights[i] = origin[i] * gate[i] * factor;
    }

    /// <summary>Writes the gradient of one layer's scores, straight through the choice: g ⊙ θ₀ · factor, and for masks without signs times the
    /// score's own, since |score| was chosen by.</summary>
    public static void PullBack(ScoreWindow window, float factor, bool signed)
    {
        ReadOnlySpan<float> upstream = Floats(window.Gradient), origin = Floats(window.Origin);
        ReadOnlySpan<uint> score = MemoryMarshal.Cast<byte, uint>(window.Score.bytes);
        Span<float> slope = Floats(window.Slope);
        uint mask = signed ? 0 : Sign;
        int i = 0;
        for (; i <= slope.Length - Width; i += Width)
        {
            var straight = Vector256.Create(upstream[i..]) * Vector256.Create(origin[i..]) * factor;
            (straight.AsUInt32() ^ (Vector256.Create(score[i..]) & Vector256.Create(mask))).AsSingle().CopyTo(slope[i..]);
        }

        for (; i < slope.Length; i++) slope[i] = upstream[i] * origin[i] * ((score[i] & mask) != 0 ? -factor : factor);
    }

    /// <summary>The k-th largest number without its sign, and how many of those equal to it are among the k.</summary>
    private static (uint Threshold, int Ties) Threshold(ReadOnlySpan<uint> bits, int k)
    {
        Span<int> counts = stackalloc int[1 << (31 - First)];
        counts.Clear();
        foreach (uint own in bits) counts[(int)((own & ~Sign) >> First)]++;
        var (digit, left) = Highest(counts, k);
        uint[] candidates = new uint[counts[digit]];
        int found = 0;
        foreach (uint own in bits)
        {
            if ((own & ~Sign) >> First == (uint)digit) candidates[found++] = own & ~Sign;
        }

        uint known = (uint)digit << First;
        for (int shift = First - Digit; shift >= 0; shift -= Digit)
        {
            uint above = known >> (shift + Digit);
            counts.Clear();
            foreach (uint own in candidates)
            {
                if (own >> (shift + Digit) == above) counts[(int)(own >> shift) & ((1 << Digit) - 1)]++;
            }

            (digit, left) = Highest(counts, left);
            known |= (uint)digit << shift;
        }

        return (known, left);
    }

    /// <summary>The digit in which the k-th number from above lies, and its place among those with this digit.</summary>
    private static (int Digit, int Left) Highest(ReadOnlySpan<int> counts, int k)
    {
        int digit = counts.Length - 1;
        while (counts[digit] < k) k -= counts[digit--];
        return (digit, k);
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
