using Golgi.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Similarity;

/// <summary>CCA of convolutional maps in the Fourier domain: one complex CCA between channels for each spatial frequency, in
/// place of one over all channels × places.</summary>
/// <param name="Mean">Mean correlation over all coefficients of all frequencies.</param>
/// <param name="Zero">Mean correlation at frequency zero: exactly that of the maps' spatial means.</param>
/// <param name="Frequencies">[height][width]: mean correlation per frequency, in the order of the discrete Fourier transform.</param>
/// <param name="Coefficients">All coefficients, largest first; those of a frequency and its mirror image count twice.</param>
/// <param name="Samples">Images.</param>
/// <remarks>Raghu et al. 2017 (arXiv 1706.05806), theorem 1: for circular convolutions and data that are closed under
/// translation, the covariance is block diagonal over frequencies, so that the result equals that of the flattened maps. Natural
/// images come near. Real maps have conjugate mirror frequencies; only about half are computed. Of maps of different size the
/// higher frequencies of the larger are left out.</remarks>
public sealed record DftCca(
    double Mean,
    double Zero,
    IReadOnlyList<IReadOnlyList<double>> Frequencies,
    IReadOnlyList<double> Coefficients,
    long Samples)
{
    /// <summary>Compares two layers' maps over the same images.</summary>
    /// <param name="left">[N, C, H, W], float32 or float64. Borrowed.</param>
    /// <param name="right">[N, other C, other H, other W]. Borrowed.</param>
    /// <param name="tolerance">Rank tolerance on singular values per frequency, relative to the largest. Default 1e-6.</param>
    /// <exception cref="ArgumentException">Not maps of the same images, or not finite.</exception>
    /// <exception cref="RefusedException">There are too few images for the channels.</exception>
    public static DftCca Of(Tensor left, Tensor right, double tolerance = 1e-6)
    {
        Check.Finite(Check.Shape(left, "[N, C, H, W]"));
        Check.Finite(Check.Shape(right, $"[{left.shape[0]}, D, V, U]"));
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        long n = left.shape[0], height = Math.Min(left.shape[2], right.shape[2]), width = Math.Min(left.shape[3], right.shape[3]);
        var (x, y) = (Transform(left, height, width), Transform(right, height, width)); // [H, W, N, C] complex
        var floors = (Floor(x), Floor(y));
        double[][] means = [.. Enumerable.Range(0, (int)height).Select(_ => new double[width])];
        var all = new List<double>();
        for (long u = 0; u < height; u++)
        {
            for (long v = 0; v < width; v++)
            {
                var (mirrorU, mirrorV) = ((height - u) % height, (width - v) % width);
                if (mirrorU < u || (mirrorU == u && mirrorV < v)) continue; // its mirror image is done
                double[] rho = Correlations(x[u, v], y[u, v], floors, tolerance, n);
                means[u][v] = means[mirrorU][mirrorV] = rho.Length == 0 ? 0 : rho.Average();
                all.AddRange(rho);
                if ((mirrorU, mirrorV) != (u, v)) all.AddRange(rho);
            }
        }

        if (all.Count == 0) throw new ArgumentException("A layer is constant at every frequency; there is nothing to compare.");
        return new DftCca(all.Average(), means[0][0], means, [.. all.OrderDescending()], n);
    }

    // Frequencies in [−size/2, size/2) of the smaller map, in the usual order, centred over the images.
    private static Tensor Transform(Tensor maps, long height, long width)
    {
        using var scope = NewDisposeScope();
        var spectrum = fft.fft2(maps.to(ScalarType.ComplexFloat64), norm: FFTNormType.Ortho);
        spectrum = spectrum.index_select(2, Low(maps.shape[2], height)).index_select(3, Low(maps.shape[3], width));
        spectrum = spectrum - spectrum.mean([0L], keepdim: true);
        return spectrum.permute(2, 3, 0, 1).contiguous().MoveToOuterDisposeScope();
    }

    private static Tensor Low(long size, long kept)
    {
        long positive = (kept + 1) / 2;
        return tensor([.. Enumerable.Range(0, (int)positive).Select(i => (long)i),
            .. Enumerable.Range(0, (int)(kept - positive)).Select(i => size - (kept - positive) + i)]);
    }

    private static double[] Correlations(Tensor x, Tensor y, (double X, double Y) floors, double tolerance, long samples)
    {
        using var scope = NewDisposeScope();
        if (Basis(x, floors.X, tolerance) is not { } left || Basis(y, floors.Y, tolerance) is not { } right) return [];
        if (left.shape[1] + right.shape[1] > samples - 1)
        {
            throw new RefusedException(
                $"{samples} images cannot tell {left.shape[1]} channels from {right.shape[1]}; take more than {left.shape[1] + right.shape[1]}.");
        }

        var cosines = left.conj().t().mm(right);
        return [.. linalg.svdvals(cosines).clamp(0, 1).data<double>()];
    }

    // Below this length a channel's values at a frequency are rounding.
    private static double Floor(Tensor spectrum)
    {
        using var scope = NewDisposeScope();
        return 1e-10 * spectrum.abs().square().sum([2L]).sqrt().max().item<double>();
    }

    // Orthonormal complex columns, or null if all channels are constant.
    private static Tensor? Basis(Tensor x, double floor, double tolerance)
    {
        using var scope = NewDisposeScope();
        var lengths = x.abs().square().sum([0L]).sqrt();
        var live = (lengths > floor).nonzero().flatten();
        if (live.shape[0] == 0) return null;
        var scaled = x.index_select(1, live) / lengths.index_select(0, live);
        var (u, s, _) = linalg.svd(scaled, fullMatrices: false);
        long rank = (s > s[0] * tolerance).sum().item<long>();
        return u.narrow(1, 0, rank).contiguous().MoveToOuterDisposeScope();
    }
}
