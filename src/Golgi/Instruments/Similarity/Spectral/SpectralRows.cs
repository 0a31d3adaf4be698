using Golgi.Foundation;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Spectral;

/// <summary>Collects the lowest spatial frequencies of a layer's maps, batch by batch, so that whole maps need not be kept.</summary>
/// <param name="most">At most this many frequencies along each side; null: all.</param>
internal sealed class SpectralRows(long? most = null) : IDisposable
{
    private const long ImagesAtOnce = 256;
    private readonly List<Tensor> parts = []; // each [frequencies, images, channels]
    private readonly long? most = most is { } count ? Check.Positive(count, nameof(most)) : null;
    private (long Height, long Width) size;

    private (long Height, long Width) Frequencies => (Math.Min(size.Height, most ?? size.Height), Math.Min(size.Width, most ?? size.Width));

    /// <summary>Takes up maps of some images.</summary>
    /// <param name="maps">[n, C, H, W], float32 or float64, finite; or vectors [n, F], which count as maps of one place. Borrowed.</param>
    /// <exception cref="ArgumentException">Not finite maps, or of another size than those before.</exception>
    public void Add(Tensor maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        using var scope = NewDisposeScope();
        if (maps.dim() == 2) maps = maps.view(maps.shape[0], maps.shape[1], 1, 1);
        Check.Finite(Check.Shape(maps, parts.Count == 0 ? "[N, C, H, W]" : $"[N, {parts[0].shape[2]}, {size.Height}, {size.Width}]"));
        size = (maps.shape[2], maps.shape[3]);
        var kept = SpectralBasis.Half(Frequencies, size);
        var places = tensor([.. kept.Select(at => ((at.U + size.Height) % size.Height * size.Width) + ((at.V + size.Width) % size.Width))]);
        for (long start = 0; start < maps.shape[0]; start += ImagesAtOnce)
        {
            using var inner = NewDisposeScope();
            var some = maps.narrow(0, start, Math.Min(ImagesAtOnce, maps.shape[0] - start)).to(ScalarType.ComplexFloat64);
            var spectrum = fft.fft2(some, norm: FFTNormType.Ortho).flatten(2).index_select(2, places); // [n, C, frequencies]
            parts.Add(spectrum.permute(2, 0, 1).contiguous().DetachFromDisposeScope());
        }
    }

    /// <summary>Whitens what was collected.</summary>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="InvalidOperationException">Nothing was collected.</exception>
    public SpectralBasis Whiten()
    {
        if (parts.Count == 0) throw new InvalidOperationException("No maps were added yet; call Add first.");
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var spectra = cat(parts, 1);
        spectra.sub_(spectra.mean([1L], keepdim: true));
        return SpectralBasis.Of(spectra, SpectralBasis.Half(Frequencies, size), Frequencies, size);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
        parts.Clear();
    }
}
