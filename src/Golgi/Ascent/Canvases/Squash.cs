using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>Between unbounded values and raw pixels: 255 σ(correlated colors).</summary>
internal static class Squash
{
    private const double Margin = 1e-3; // of the unit range: black and white have finite logits

    /// <summary>Raw pixels of unbounded, decorrelated values.</summary>
    public static Tensor Forward(Tensor values) => ColorSpace.Correlate(values).sigmoid() * PictureUnits.White;

    /// <summary>The values of raw pixels, as near to black and white as the margin lets them be.</summary>
    public static Tensor Inverse(Tensor raw)
    {
        var unit = PictureUnits.Unit(raw).clamp(Margin, 1 - Margin);
        return ColorSpace.Decorrelate((unit / (1 - unit)).log());
    }
}
