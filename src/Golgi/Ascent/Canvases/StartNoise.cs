using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>The noise that pictures start from: picture n's depends on the seed and on n alone, whatever the batch
/// is.</summary>
internal static class StartNoise
{
    /// <summary>Standard normal numbers.</summary>
    /// <param name="sizes">[N, ...].</param>
    public static Tensor Draw(long[] sizes, Philox noise)
    {
        int each = (int)sizes.Skip(1).Aggregate(1L, (a, b) => a * b);
        float[] values = new float[sizes[0] * each];
        for (int n = 0; n < sizes[0]; n++)
        {
            new Philox(noise.Seed, noise.Stream + (ulong)n).FillNormal(values.AsSpan(n * each, each));
        }

        return tensor(values, sizes);
    }
}
