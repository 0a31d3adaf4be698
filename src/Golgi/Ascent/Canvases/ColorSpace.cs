using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>Colors whose coordinates are about as uncorrelated as those of natural images; gray and other channels
/// stay as they are.</summary>
/// <remarks>Olah et al. 2017: rgb = t Mᵀ with M divided by its largest column norm, then a sigmoid.</remarks>
internal static class ColorSpace
{
    private static readonly double[] Correlation = [0.26, 0.09, 0.02, 0.27, 0.00, -0.05, 0.27, -0.09, 0.03];

    /// <summary>M over its largest column norm, rows red, green, blue.</summary>
    public static double[] Matrix { get; } = Normalized();

    /// <summary>From decorrelated coordinates to correlated colors, [N, C, H, W].</summary>
    public static Tensor Correlate(Tensor x) => x.shape[1] == 3 ? Mixed(Weights(x), x) : x;

    /// <summary>The inverse.</summary>
    public static Tensor Decorrelate(Tensor x) => x.shape[1] == 3 ? Mixed(linalg.inv(Weights(x)), x) : x;

    private static Tensor Weights(Tensor like) => tensor(Matrix, like.dtype, like.device).view(3, 3);

    // As products of matrices: a convolution of 1x1 would copy three channels into blocks of sixteen and back.
    private static Tensor Mixed(Tensor matrix, Tensor x) =>
        matrix.unsqueeze(0).expand(x.shape[0], -1, -1).bmm(x.flatten(2)).view(x.shape);

    private static double[] Normalized()
    {
        double largest = Enumerable.Range(0, 3)
            .Max(column => Math.Sqrt(Enumerable.Range(0, 3).Sum(row => Math.Pow(Correlation[(3 * row) + column], 2))));
        return [.. Correlation.Select(value => value / largest)];
    }
}
