using Golgi.Imaging;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary>Pictures as cells of a contact sheet.</summary>
internal static class Cells
{
    /// <summary>Raw pictures in [0, 1] and in one size.</summary>
    /// <param name="raw">[N, C, H, W], 0 to 255.</param>
    public static Tensor Fit(Tensor raw, long height, long width) => Resample.To(raw.to(ScalarType.Float32) / 255, height, width);
}
