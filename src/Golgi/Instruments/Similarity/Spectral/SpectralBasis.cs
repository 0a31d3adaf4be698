using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Spectral;

/// <summary>A layer of maps, whitened frequency by frequency: at each, the orthonormal directions in which its channels vary over
/// images, the one of most variance first.</summary>
/// <remarks>Raghu et al. 2017 (arXiv 1706.05806), theorem 1. Maps are real, so that frequency −f is the conjugate of f; only one of
/// the two is kept.</remarks>
public sealed class SpectralBasis : IDisposable
{
    private const double RankTolerance = 1e-6; // on singular values at a frequency
    private const double RoundingShare = 1e-10; // of the longest channel anywhere, below which a channel's values are rounding
    private readonly Dictionary<(long U, long V), SpectralDirections> directions;
    private (long Height, long Width) size;

    private SpectralBasis(long samples, long height, long width, Dictionary<(long U, long V), SpectralDirections> directions) =>
        (Samples, Height, Width, this.directions) = (samples, height, width, directions);

    /// <summary>Images that it was made from.</summary>
    public long Samples { get; }

    /// <summary>Frequencies from top to bottom: those in [−height/2, height/2).</summary>
    public long Height { get; }

    /// <summary>Frequencies from left to right.</summary>
    public long Width { get; }

    /// <summary>Directions at all frequencies together, mirror images counted.</summary>
    public long Rank => Frequencies(Height, Width).Sum(at => At(at.U, at.V).Directions?.Rank ?? 0);

    /// <summary>Whitens maps.</summary>
    /// <param name="maps">[N, C, H, W], float32 or float64, finite; or vectors [N, F], which count as maps of one place. Borrowed.</param>
    /// <param name="most">At most this many frequencies along each side, the lowest; null: all.</param>
    /// <exception cref="ArgumentException">Not finite maps.</exception>
    public static SpectralBasis Of(Tensor maps, long? most = null)
    {
        using var rows = new SpectralRows(most);
        rows.Add(maps);
        return rows.Whiten();
    }

    /// <summary>Whitens spectra.</summary>
    /// <param name="spectra">complex128 [frequencies, N, C], centred over images.</param>
    /// <param name="kept">Their frequencies, one of each pair f and −f.</param>
    /// <param name="size">Of the maps.</param>
    internal static SpectralBasis Of(
        Tensor spectra, IReadOnlyList<(long U, long V)> kept, (long Height, long Width) frequencies, (long Height, long Width) size)
    {
        using var scope = NewDisposeScope();
        double floor = RoundingShare * spectra.abs().square().sum([1L]).sqrt().max().item<double>();
        var found = new Dictionary<(long, long), SpectralDirections>();
        for (int i = 0; i < kept.Count; i++)
        {
            if (SpectralDirections.Of(spectra[i], floor, RankTolerance) is { } some) found[kept[i]] = some;
        }

        return new SpectralBasis(spectra.shape[1], frequencies.Height, frequencies.Width, found) { size = size };
    }

    /// <summary>The singular values at all frequencies, in falling order; those of mirror images twice.</summary>
    public IReadOnlyList<double> SingularValues =>
        [.. Frequencies(Height, Width).SelectMany(at => At(at.U, at.V).Directions?.SingularValues ?? []).OrderDescending()];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var some in directions.Values) some.Dispose();
    }

    /// <summary>All frequencies of a grid of a size, u in [−height/2, height/2), in the order of the discrete Fourier transform.</summary>
    internal static IEnumerable<(long U, long V)> Frequencies(long height, long width) =>
        from u in Signed(height) from v in Signed(width) select (u, v);

    /// <summary>What varies at a frequency (null: nothing), and whether its conjugate is meant.</summary>
    internal (SpectralDirections? Directions, bool Conjugate) At(long u, long v)
    {
        var (at, conjugate) = Representative(u, v, size);
        return (directions.GetValueOrDefault(at), conjugate);
    }

    /// <summary>One of each pair f and −f of a grid of frequencies, for maps of a size.</summary>
    internal static IReadOnlyList<(long U, long V)> Half((long Height, long Width) frequencies, (long Height, long Width) size) =>
        [.. Frequencies(frequencies.Height, frequencies.Width).Select(at => Representative(at.U, at.V, size).At).Distinct()];

    private static IEnumerable<long> Signed(long size)
    {
        long positive = (size + 1) / 2;
        for (long i = 0; i < size; i++) yield return i < positive ? i : i - size;
    }

    // Of f and −f (which are one for the highest frequency of an even size) the one with the larger v, then the larger u.
    private static ((long U, long V) At, bool Conjugate) Representative(
        long u, long v, (long Height, long Width) size)
    {
        long mirrorU = Wrapped(-u, size.Height), mirrorV = Wrapped(-v, size.Width);
        (u, v) = (Wrapped(u, size.Height), Wrapped(v, size.Width));
        bool mirrored = mirrorV > v || (mirrorV == v && mirrorU > u);
        return mirrored ? ((mirrorU, mirrorV), true) : ((u, v), false);
    }

    private static long Wrapped(long u, long size) => 2 * u >= size ? u - size : 2 * u < -size ? u + size : u;
}
