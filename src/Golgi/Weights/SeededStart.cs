using Golgi.Numerics;
using static TorchSharp.torch;

namespace Golgi.Weights;

/// <summary>First weights as a function of a seed alone, with the same bits on every machine and for every version of libtorch:
/// what a network that is stored as a seed needs.</summary>
public static class SeededStart
{
    private const ulong Stream = 0x7374617274_0000;

    /// <summary>Kernels from N(0, 2 / fan in) (He, Zhang, Ren and Sun 2015, arXiv 1502.01852), scales of normalization layers 1, all else 0.</summary>
    /// <param name="weights">What is filled, in place. Segment k draws from stream k.</param>
    /// <param name="seed">Names the weights.</param>
    public static void Fill(WeightVector weights, long seed)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        for (int k = 0; k < weights.Segments.Count; k++)
        {
            var segment = weights.Segments[k];
            var window = WeightVector.Window(weights.Values, segment);
            if (segment.IsKernel) window.copy_(Draw(segment, new Philox((ulong)seed, Stream + (ulong)k)));
            else window.fill_(segment.Name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
        }
    }

    private static Tensor Draw(Segment segment, Philox philox)
    {
        float[] numbers = new float[segment.Length];
        philox.FillNormal(numbers);
        float scale = (float)Math.Sqrt(2.0 / segment.FanIn);
        for (int i = 0; i < numbers.Length; i++) numbers[i] *= scale;
        return tensor(numbers);
    }
}
