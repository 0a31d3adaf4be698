using static TorchSharp.torch;

namespace Golgi.Imaging;

/// <summary>Gaussian blur of pictures, separable, with the border repeated by reflection.</summary>
internal static class Gaussian
{
    private const double Reach = 4; // standard deviations, as scipy.ndimage has it

    /// <summary>The normalized weights from −r to r, r = round(4σ).</summary>
    public static double[] Kernel(double sigma)
    {
        int radius = Math.Max(1, (int)((Reach * sigma) + 0.5));
        double[] weights = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => Math.Exp(-0.5 * i * i / (sigma * sigma)))];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>Blurs every channel; any number of channels.</summary>
    /// <param name="pictures">[N, C, H, W].</param>
    public static Tensor Blur(Tensor pictures, double sigma)
    {
        if (sigma <= 0) return pictures.alias();
        double[] weights = Kernel(sigma);
        int radius = weights.Length / 2;
        long[] shape = pictures.shape;
        var flat = pictures.reshape(shape[0] * shape[1], 1, shape[2], shape[3]);
        var kernel = tensor(weights, pictures.dtype, pictures.device);
        flat = Extended(flat, radius, 3);
        flat = nn.functional.conv2d(flat, kernel.view(1, 1, 1, -1));
        flat = Extended(flat, radius, 2);
        flat = nn.functional.conv2d(flat, kernel.view(1, 1, -1, 1));
        return flat.reshape(shape);
    }

    /// <summary>d c b a | a b c d | d c b a, as often as the radius needs.</summary>
    private static Tensor Extended(Tensor x, int radius, int dim)
    {
        long size = x.shape[dim];
        long[] index = [.. Enumerable.Range(-radius, (int)size + (2 * radius)).Select(i => Reflect(i, size))];
        return x.index_select(dim, tensor(index, ScalarType.Int64, x.device));
    }

    private static long Reflect(long i, long size)
    {
        long period = 2 * size, at = ((i % period) + period) % period;
        return at < size ? at : period - 1 - at;
    }
}
