using static TorchSharp.torch;

namespace Golgi.Imaging;

/// <summary>Changes the size of images as photographs are prepared for networks: bilinear, and averaging over all pixels
/// that fall together where an image is made smaller (what PIL calls BILINEAR and torch antialias).</summary>
internal static class PhotoResize
{
    /// <summary>Brings an image to a size: each channel becomes R x Cᵀ, with a matrix for the rows and one for the columns.</summary>
    /// <param name="image">uint8 [C, H, W].</param>
    /// <returns>uint8 [C, <paramref name="height"/>, <paramref name="width"/>]; the caller owns it.</returns>
    public static Tensor Resize(Tensor image, int height, int width)
    {
        using var scope = NewDisposeScope();
        var rows = Weights((int)image.shape[1], height);                             // [height, H]
        var columns = Weights((int)image.shape[2], width);                           // [width, W]
        var resized = rows.matmul(image.to(ScalarType.Float32)).matmul(columns.t()); // [C, height, width]
        return resized.round_().clamp_(0, 255).to(ScalarType.Byte).MoveToOuterDisposeScope();
    }

    /// <summary>The middle square of an image, brought to a size: the shorter side becomes <paramref name="size"/>.</summary>
    /// <param name="image">uint8 [C, H, W].</param>
    /// <returns>uint8 [C, <paramref name="size"/>, <paramref name="size"/>]; the caller owns it.</returns>
    public static Tensor Square(Tensor image, int size)
    {
        using var scope = NewDisposeScope();
        long height = image.shape[1], width = image.shape[2], side = Math.Min(height, width);
        var middle = image.narrow(1, (height - side) / 2, side).narrow(2, (width - side) / 2, side);
        return (side == size ? middle.contiguous() : Resize(middle, size, size)).MoveToOuterDisposeScope();
    }

    /// <summary>How much each old pixel counts in each new one: a triangle around the new pixel's middle, as wide as the
    /// pixel or, made smaller, as the old pixels that it stands for.</summary>
    private static Tensor Weights(int from, int to)
    {
        double scale = (double)from / to, reach = Math.Max(scale, 1);
        float[] weights = new float[to * from];
        for (int i = 0; i < to; i++)
        {
            double middle = (i + 0.5) * scale, sum = 0;
            int first = Math.Max(0, (int)(middle - reach + 0.5)), end = Math.Min(from, (int)(middle + reach + 0.5));
            for (int j = first; j < end; j++) sum += Math.Max(0, 1 - (Math.Abs(j + 0.5 - middle) / reach));
            for (int j = first; j < end; j++)
            {
                weights[(i * from) + j] = (float)(Math.Max(0, 1 - (Math.Abs(j + 0.5 - middle) / reach)) / sum);
            }
        }

        return tensor(weights, [to, from], ScalarType.Float32);
    }
}
