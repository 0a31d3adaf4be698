using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Weights.Masks;

/// <summary>Weights reduced to their signs: each becomes plus or minus one number per layer.</summary>
public static class SignedConstants
{
    /// <summary>w ← sign(w) · σ · multiplier in each layer in scope, in place; σ is the standard deviation of the layer's weights.</summary>
    /// <param name="weights">Changed in place.</param>
    /// <param name="scope">Which layers; null: all kernels.</param>
    /// <param name="multiplier">Above 0. Default 1.</param>
    /// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 4. A weight of exactly 0 stays 0.</remarks>
    public static void Fill(WeightVector weights, MaskScope? scope = null, double multiplier = 1)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Check.Positive(multiplier);
        using var scopeOfTensors = NewDisposeScope();
        using var _ = no_grad();
        foreach (var layer in (scope ?? MaskScope.Kernels).Of(weights.Segments))
        {
            var window = WeightVector.Window(weights.Values, layer);
            window.copy_(window.sign() * (window.std(unbiased: false) * multiplier));
        }
    }
}
