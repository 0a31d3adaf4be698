using Golgi.Foundation;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Activations that another program has written, with a row per sample; maps are flattened unless said otherwise.</summary>
/// <param name="file">As <see cref="ActivationFile"/> takes it: <c>file.npy</c>, <c>file.npz:array</c>, <c>file.csv</c>.</param>
public sealed class FileLayer(string file) : ComparedLayer
{
    /// <inheritdoc/>
    public override string Name => Path.GetFileNameWithoutExtension(ActivationFile.ArrayOf(file).Path);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs
    {
        get
        {
            var (path, array) = ActivationFile.ArrayOf(file);
            var inputs = new Dictionary<string, string> { ["file"] = Digest.OfUnchangedFile(ActivationFile.Existing(path)) };
            if (array is not null) inputs["array"] = array;
            return inputs;
        }
    }

    /// <inheritdoc/>
    public override ActivationRows Rows(SpatialReading? spatial, long examples, CancellationToken cancellation) =>
        ActivationFile.Open(file, Maps(spatial, MapReading.Flatten));

    /// <inheritdoc/>
    public override SpectralBasis Spectrum(long? most, long examples, CancellationToken cancellation)
    {
        using var maps = ActivationFile.Read(file);
        return SpectralBasis.Of(maps, most);
    }
}
