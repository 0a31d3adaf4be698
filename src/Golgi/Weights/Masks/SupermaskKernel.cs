using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Weights.Masks;

/// <summary>The arithmetic of a <see cref="Supermask"/> with Bernoulli gates on float32 vectors in CPU memory: drawing and gating in one pass,
/// the pull-back in one (rescaled: in two each), where separate tensor operations make some twenty.</summary>
internal static class SupermaskKernel
{
    private const int Chunk = 1024, Width = 8;
    private const float Resolution = 1f / 16777216f; // draws are multiples of 2⁻²⁴, as PhiloxNumbers.FillUniform makes them

    /// <summary>True where the vectors are such.</summary>
    public static bool Fits(Tensor scores) => scores.dtype == ScalarType.Float32 && scores.device_type == DeviceType.CPU;

    /// <summary>Draws one layer's gates with probability σ(score) and writes its weights under them.</summary>
    /// <param name="window">The layer; its weights are written.</param>
    /// <param name="probability">σ(score) is written there, [layer].</param>
    /// <param name="draws">The stream of the draw.</param>
    /// <param name="offset">The layer's place in the stream.</param>
    /// <param name="rescale">Whether weights are multiplied by weights / kept weights.</param>
    /// <returns>How many are kept.</returns>
    public static int Gate(ScoreWindow window, Tensor probability, Philox draws, long offset, Rescaling rescale)
    {
        ReadOnlySpan<float> score = Floats(window.Score), origin = Floats(window.Origin);
        Span<float> p = Floats(probability), weights = Floats(window.Weights);
        Span<uint> words = stackalloc uint[Chunk];
        int kept = 0;
        for (int start = 0; start < score.Length; start += Chunk)
        {
            int length = Math.Min(Chunk, score.Length - start);
            draws.Fill(words[..length], (ulong)(offset + start));
            kept += Choose(
                words[..length], score.Slice(start, length), origin.Slice(start, length), p.Slice(start, length), weights.Slice(start, length));
        }

        if (rescale == Rescaling.Layer) Scale(weights, (float)score.Length / Math.Max(1, kept));
        return kept;
    }

    /// <summary>The gradient of one layer's scores, straight through the draw.</summary>
    /// <param name="window">The layer, its weights as <see cref="Gate"/> left them; the gradient is written.</param>
    /// <param name="probability">As <see cref="Gate"/> left it.</param>
    /// <param name="kept">As <see cref="Gate"/> returned it.</param>
    /// <param name="rescale">As there.</param>
    public static void PullBack(ScoreWindow window, Tensor probability, int kept, Rescaling rescale)
    {
        ReadOnlySpan<float> upstream = Floats(window.Gradient), origin = Floats(window.Origin), p = Floats(probability);
        Span<float> slope = Floats(window.Slope);
        float factor = 1, mean = 0;
        if (rescale == Rescaling.Layer)
        {
            factor = (float)slope.Length / Math.Max(1, kept);
            mean = (float)(Dot(upstream, Floats(window.Weights)) / slope.Length); // Σ c b / Σ b with c = ∂L/∂b before the rescaling
        }

        int width = Vector<float>.Count, i = 0;
        var means = new Vector<float>(mean);
        for (; i <= slope.Length - width; i += width)
        {
            var c = new Vector<float>(upstream[i..]) * new Vector<float>(origin[i..]);
            var s = new Vector<float>(p[i..]);
            ((c - means) * factor * s * (Vector<float>.One - s)).CopyTo(slope[i..]);
        }

        for (; i < slope.Length; i++) slope[i] = ((upstream[i] * origin[i]) - mean) * factor * p[i] * (1 - p[i]);
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Keeps a weight where its word, as a number in [0, 1), lies below its probability.</summary>
    private static int Choose(
        ReadOnlySpan<uint> words, ReadOnlySpan<float> score, ReadOnlySpan<float> origin, Span<float> p, Span<float> weights)
    {
        int i = 0;
        var kept = Vector256<int>.Zero;
        for (; i <= score.Length - Width; i += Width)
        {
            var chance = ExactMath.Sigmoid(Vector256.Create(score[i..]));
            var drawn = Vector256.LessThan(Vector256.ConvertToSingle((Vector256.Create(words[i..]) >>> 8).AsInt32()) * Resolution, chance);
            chance.CopyTo(p[i..]);
            (drawn & Vector256.Create(origin[i..])).CopyTo(weights[i..]);
            kept -= drawn.AsInt32();
        }

        int total = Vector256.Sum(kept);
        for (; i < score.Length; i++)
        {
            p[i] = ExactMath.Sigmoid(Vector256.Create(score[i]))[0];
            bool drawn = (words[i] >> 8) * Resolution < p[i];
            weights[i] = drawn ? origin[i] : 0;
            if (drawn) total++;
        }

        return total;
    }

    private static void Scale(Span<float> values, float factor)
    {
        int width = Vector<float>.Count, i = 0;
        for (; i <= values.Length - width; i += width) (new Vector<float>(values[i..]) * factor).CopyTo(values[i..]);
        for (; i < values.Length; i++) values[i] *= factor;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double total = 0;
        for (int start = 0; start < a.Length; start += Chunk)
        {
            int end = Math.Min(a.Length, start + Chunk), width = Vector<float>.Count, i = start;
            var sum = Vector<float>.Zero;
            for (; i <= end - width; i += width) sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
            total += Vector.Sum(sum);
            for (; i < end; i++) total += a[i] * b[i];
        }

        return total;
    }
}
