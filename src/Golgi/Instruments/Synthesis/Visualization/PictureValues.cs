using Golgi.Imaging;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>Pictures in [0, 1] as people see them.</summary>
internal static class PictureValues
{
    /// <summary>The file of values, of which a PNG keeps whole gray levels only.</summary>
    public const string FileName = "pictures.npy";

    /// <summary>Pictures as they are drawn.</summary>
    /// <param name="contrast">How strongly.</param>
    /// <param name="pictures">[N, C, H, W] in [0, 1]; borrowed.</param>
    public static Tensor Drawn(Contrast contrast, Tensor pictures) =>
        contrast == Contrast.Plain ? pictures.alias() : Shades.StretchAboutGray(pictures);

    /// <summary>The standard deviation of each picture from its own mean color, in gray levels of 255.</summary>
    public static double[] Deviations(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var spread = (pictures - pictures.mean([2L, 3L], keepdim: true)).square().mean([1L, 2L, 3L]).sqrt() * 255;
        return [.. spread.to(ScalarType.Float64).data<double>()];
    }

    /// <summary>Raw pictures in [0, 1] and in one size, as cells of a sheet.</summary>
    /// <param name="raw">[N, C, H, W], 0 to 255.</param>
    public static Tensor Fit(Tensor raw, long height, long width) => Resample.To(raw.to(ScalarType.Float32) / 255, height, width);
}
