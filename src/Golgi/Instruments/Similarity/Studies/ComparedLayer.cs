using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>One side of a comparison: activations in a file, or a layer of a network.</summary>
public abstract class ComparedLayer
{
    /// <summary>What runs call it.</summary>
    public abstract string Name { get; }

    /// <summary>What its activations depend on, by digests and by the layer's name.</summary>
    public abstract IReadOnlyDictionary<string, string> Inputs { get; }

    /// <summary>Its activations as rows.</summary>
    /// <param name="spatial">What becomes of places; null: what is usual for this side.</param>
    /// <param name="examples">At most this many examples are shown to a network.</param>
    /// <param name="cancellation">Stops the forward passes.</param>
    /// <returns>The caller owns them.</returns>
    public abstract ActivationRows Rows(SpatialReading? spatial, long examples, CancellationToken cancellation);

    /// <summary>Its maps, whitened frequency by frequency.</summary>
    /// <param name="most">At most this many frequencies along each side; null: all.</param>
    /// <param name="examples">At most this many examples are shown to a network.</param>
    /// <param name="cancellation">Stops the forward passes.</param>
    /// <returns>The caller owns it.</returns>
    public abstract SpectralBasis Spectrum(long? most, long examples, CancellationToken cancellation);

    /// <summary>What becomes of places where maps become rows.</summary>
    internal static MapReading Maps(SpatialReading? spatial, MapReading usual) => spatial switch
    {
        SpatialReading.Flatten => MapReading.Flatten,
        SpatialReading.Pixels => MapReading.Places,
        SpatialReading.Pool => MapReading.Pool,
        _ => usual,
    };
}
