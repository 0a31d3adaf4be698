using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;
using Golgi.Jobs;
using Golgi.Networks;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>What a layer of a network says of the test set; maps are averaged over places unless said otherwise.</summary>
public sealed class NetworkLayer : ComparedLayer
{
    private readonly Specimen specimen;
    private readonly string layer;

    /// <summary>Names a layer.</summary>
    /// <param name="specimen">The network with its data. Borrowed.</param>
    /// <param name="layer">Dotted name.</param>
    /// <exception cref="ArgumentException">There is no such layer; the message lists the nearest.</exception>
    public NetworkLayer(Specimen specimen, string layer)
    {
        this.specimen = specimen;
        this.layer = LayerActivations.Resolve(specimen, [layer])[0];
    }

    /// <inheritdoc/>
    public override string Name => $"{specimen.Name}-{layer}";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs
    {
        get
        {
            var inputs = SpecimenInputs.Of(specimen);
            inputs["layer"] = layer;
            return inputs;
        }
    }

    /// <inheritdoc/>
    public override ActivationRows Rows(SpatialReading? spatial, long examples, CancellationToken cancellation)
    {
        var reading = new LayerReading { Maps = Maps(spatial, MapReading.Pool), Examples = examples };
        return LayerActivations.Record(specimen, LayerActivations.Shown(specimen), [layer], reading, null, cancellation)[layer];
    }

    /// <inheritdoc/>
    public override SpectralBasis Spectrum(long? most, long examples, CancellationToken cancellation) =>
        LayerActivations.Spectra(specimen, LayerActivations.Shown(specimen), [layer], most, examples, null, cancellation)[0].Basis;
}
