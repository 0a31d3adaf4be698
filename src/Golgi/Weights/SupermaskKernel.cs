using System.Numerics;
using System.Runtime.InteropServices;
using Golgi.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Weights;

/// <summary>The arithmetic of a <see cref="Supermask"/> with Bernoulli gates on float32 vectors in CPU memory: drawing and gating in one pass, the
/// pull-back in two, where separate tensor operations make some twenty.</summary>
internal static class SupermaskKernel
{
    private const int Chunk = 1024;

    /// <summary>True where the vectors are such.</summary>
    public static bool Fits(Tensor scores) => scores.dtype == ScalarType.Float32 && scores.device_type == DeviceType.CPU;

    /// <summary>Draws one layer's gates with probability σ(score) and multiplies its weights by them.</summary>
    /// <param name="window">The layer; gates and weights are written.</param>
    /// <param name="probability">σ(score) is written there, [layer].</param>
    /// <param name="draws">The stream of the draw.</param>
    /// <param name="offset">The layer's place in the stream.</param>
    /// <param name="rescale">Whether weights are multiplied by weights / kept weights.</param>
    /// <returns>How many are kept.</returns>
    public static float Gate(ScoreWindow window, Tensor probability, Philox draws, long offset, Rescaling rescale)
    {
        Span<float> score = Floats(window.Score), origin = Floats(window.Origin), p = Floats(probability);
        Span<float> gate = Floats(window.Gate), weights = Floats(window.Weights);
        Span<uint> words = stackalloc uint[Chunk];
        var uniform = MemoryMarshal.Cast<uint, float>(words);
        float kept = 0;
        for (int start = 0; start < score.Length; start += Chunk)
        {
            int length = Math.Min(Chunk, score.Length - start);
            draws.FillUniform(uniform[..length], (ulong)(offset + start));
            Sigmoid(score.Slice(start, length), p.Slice(start, length));
            kept += Choose(uniform[..length], p.Slice(start, length), origin.Slice(start, length), gate.Slice(start, length), weights.Slice(start, length));
        }

        if (rescale == Rescaling.Layer) Scale(weights, score.Length / Math.Max(1, kept));
        return kept;
    }

    /// <summary>The gradient of one layer's scores, straight through the draw.</summary>
    /// <param name="window">The layer; the gradient is written.</param>
    /// <param name="probability">As <see cref="Gate"/> left it.</param>
    /// <param name="kept">As <see cref="Gate"/> returned it.</param>
    /// <param name="rescale">As there.</param>
    public static void PullBack(ScoreWindow window, Tensor probability, float kept, Rescaling rescale)
    {
        Span<float> upstream = Floats(window.Gradient), origin = Floats(window.Origin), gate = Floats(window.Gate);
        Span<float> slope = Floats(window.Slope), p = Floats(probability);
        float factor = 1, mean = 0;
        if (rescale == Rescaling.Layer)
        {
            float sum = Math.Max(1, kept);
            factor = slope.Length / sum;
            mean = Dot(upstream, origin, gate) / sum;                        // Σ c b / Σ b with c = ∂L/∂b before the rescaling
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

    private static void Sigmoid(ReadOnlySpan<float> score, Span<float> p)
    {
        int width = Vector<float>.Count, i = 0;
        for (; i <= p.Length - width; i += width)
        {
            (Vector<float>.One / (Vector<float>.One + Vector.Exp(-new Vector<float>(score[i..])))).CopyTo(p[i..]);
        }

        for (; i < p.Length; i++) p[i] = 1 / (1 + MathF.Exp(-score[i]));
    }

    private static float Choose(
        ReadOnlySpan<float> uniform, ReadOnlySpan<float> p, ReadOnlySpan<float> origin, Span<float> gate, Span<float> weights)
    {
        int width = Vector<float>.Count, i = 0;
        var sum = Vector<float>.Zero;
        for (; i <= p.Length - width; i += width)
        {
            var below = Vector.LessThan(new Vector<float>(uniform[i..]), new Vector<float>(p[i..]));
            var drawn = Vector.ConditionalSelect(below, Vector<float>.One, Vector<float>.Zero);
            drawn.CopyTo(gate[i..]);
            (drawn * new Vector<float>(origin[i..])).CopyTo(weights[i..]);
            sum += drawn;
        }

        float total = Vector.Sum(sum);
        for (; i < p.Length; i++)
        {
            gate[i] = uniform[i] < p[i] ? 1 : 0;
            weights[i] = gate[i] * origin[i];
            total += gate[i];
        }

        return total;
    }

    private static void Scale(Span<float> values, float factor)
    {
        int width = Vector<float>.Count, i = 0;
        for (; i <= values.Length - width; i += width) (new Vector<float>(values[i..]) * factor).CopyTo(values[i..]);
        for (; i < values.Length; i++) values[i] *= factor;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c)
    {
        double total = 0;
        for (int start = 0; start < a.Length; start += Chunk)
        {
            int end = Math.Min(a.Length, start + Chunk), width = Vector<float>.Count, i = start;
            var sum = Vector<float>.Zero;
            for (; i <= end - width; i += width) sum += new Vector<float>(a[i..]) * new Vector<float>(b[i..]) * new Vector<float>(c[i..]);
            total += Vector.Sum(sum);
            for (; i < end; i++) total += a[i] * b[i] * c[i];
        }

        return (float)total;
    }
}
