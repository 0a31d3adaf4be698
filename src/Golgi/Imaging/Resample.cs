using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Imaging;

/// <summary>Brings pictures to another size.</summary>
public static class Resample
{
    /// <summary>Means over areas where both sides shrink, so that nothing is passed over; otherwise bilinear interpolation.</summary>
    /// <param name="pictures">float [N, C, H, W]; borrowed.</param>
    /// <returns>[N, C, height, width]: where the size is the same, the tensor that was given; otherwise a new one that the caller owns.</returns>
    public static Tensor To(Tensor pictures, long height, long width)
    {
        long[] shape = Check.Shape(pictures, "[N, C, H, W]").shape;
        if (shape[2] == height && shape[3] == width) return pictures;
        return shape[2] >= height && shape[3] >= width
            ? nn.functional.interpolate(pictures, [height, width], mode: InterpolationMode.Area)
            : nn.functional.interpolate(pictures, [height, width], mode: InterpolationMode.Bilinear, align_corners: false);
    }
}
