using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>The noise that pictures start from: picture n's depends on the seed and on n alone, whatever the batch
/// is.</summary>
internal static class StartNoise
{
    private delegate void Filler(Philox stream, Span<float> values);

    /// <summary>Standard normal numbers.</summary>
    /// <param name="sizes">[N, ...].</param>
    public static Tensor Draw(long[] sizes, Philox noise) => Draw(sizes, noise, (stream, values) => stream.FillNormal(values));

    /// <summary>Even numbers between 0 and 1.</summary>
    /// <param name="sizes">[N, ...].</param>
    public static Tensor DrawUniform(long[] sizes, Philox noise) => Draw(sizes, noise, (stream, values) => stream.FillUniform(values));

    private static Tensor Draw(long[] sizes, Philox noise, Filler fill)
    {
        int each = (int)sizes.Skip(1).Aggregate(1L, (a, b) => a * b);
        float[] values = new float[sizes[0] * each];
        for (int n = 0; n < sizes[0]; n++) fill(new Philox(noise.Seed, noise.Stream + (ulong)n), values.AsSpan(n * each, each));
        return tensor(values, sizes);
    }
}
