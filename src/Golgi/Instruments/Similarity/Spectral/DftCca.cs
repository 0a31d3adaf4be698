using Golgi.Foundation;
using Golgi.Instruments.Similarity.Whitening;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Spectral;

/// <summary>CCA of convolutional maps in the Fourier domain: one complex CCA between channels for each spatial frequency, in
/// place of one over all channels × places.</summary>
/// <param name="Mean">Sum of all correlations over the number of directions of the smaller side, as for flattened maps.</param>
/// <param name="Zero">Mean correlation at frequency zero: exactly that of the maps' spatial means.</param>
/// <param name="Frequencies">[height][width]: mean correlation per frequency, in the order of the discrete Fourier transform.</param>
/// <param name="Coefficients">All coefficients, largest first; those of a frequency and its mirror image count twice.</param>
/// <param name="Null">What <paramref name="Mean"/> would be for unrelated layers.</param>
/// <param name="Kept">Directions of either side that took part.</param>
/// <param name="Samples">Images.</param>
/// <remarks>Raghu et al. 2017 (arXiv 1706.05806), theorem 1: for circular convolutions and data that are closed under
/// translation, the covariance is block diagonal over frequencies, so that the result equals that of the flattened maps. Natural
/// images come near. Of maps of different size the higher frequencies of the larger are left out.</remarks>
public sealed record DftCca(
    double Mean,
    double Zero,
    IReadOnlyList<IReadOnlyList<double>> Frequencies,
    IReadOnlyList<double> Coefficients,
    double Null,
    IReadOnlyList<long> Kept,
    long Samples)
{
    /// <summary>Compares two layers' maps over the same images.</summary>
    /// <param name="left">[N, C, H, W], float32 or float64. Borrowed.</param>
    /// <param name="right">[N, other C, other H, other W]. Borrowed.</param>
    /// <param name="truncation">What is kept of each side, counted over all frequencies; null: everything.</param>
    /// <exception cref="ArgumentException">Not maps of the same images, or not finite.</exception>
    /// <exception cref="RefusedException">There are too few images for the channels.</exception>
    public static DftCca Of(Tensor left, Tensor right, Truncation? truncation = null)
    {
        using var first = SpectralBasis.Of(left);
        using var second = SpectralBasis.Of(right);
        return Between(first, second, truncation);
    }

    /// <summary>Compares two layers that were whitened before.</summary>
    /// <exception cref="ArgumentException">They differ in images, or a layer is constant.</exception>
    /// <inheritdoc cref="Of" path="/exception[@cref='T:Golgi.Numerics.RefusedException']"/>
    public static DftCca Between(SpectralBasis left, SpectralBasis right, Truncation? truncation = null)
    {
        var pairs = new SpectralPairs(left, right, truncation ?? Truncation.None);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var correlations = pairs.Pairs.ToDictionary(pair => pair, pair => SpectralPair.Correlations(pair.Cosines()));
        double[][] means =
        [
            .. SpectralBasis.Frequencies(pairs.Height, pairs.Width).Chunk((int)pairs.Width)
                .Select(row => row.Select(at => pairs.At(at) is { } pair ? correlations[pair].Average() : 0).ToArray()),
        ];
        double[] all =
            [.. correlations.SelectMany(entry => Enumerable.Repeat(entry.Value, entry.Key.Weight)).SelectMany(rho => rho).OrderDescending()];
        return new DftCca(
            pairs.Mean(pair => correlations[pair].Sum()), means[0][0], means, all, pairs.Null, [pairs.KeptLeft, pairs.KeptRight], left.Samples);
    }
}
