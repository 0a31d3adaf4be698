using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Networks;
using Golgi.Opening;
using TorchSharp;

namespace Golgi.App.Commands.Similarity;

/// <summary>Opens what a user names as one side of a comparison: a file of activations, or a layer of a network.</summary>
internal static class LayerSource
{
    /// <summary>What a reference may be, for help texts.</summary>
    public const string Usage =
        "file.npy, file.npz:array or file.csv with a row per sample; or a network's layer, RUN:LAYER, RUN#CHECKPOINT:LAYER, MODEL.onnx:LAYER";

    /// <summary>Opens a side.</summary>
    /// <param name="reference">As <see cref="Usage"/> says.</param>
    /// <param name="reading">How maps become rows, given what is usual: flattened in files, averaged over places in networks.</param>
    /// <param name="data">Data set that networks are shown; null: their own.</param>
    /// <param name="examples">At most this many examples of the test set.</param>
    public static ActivationRows Open(
        string reference, Func<MapReading, MapReading> reading, string? data, long examples, Session session)
    {
        if (ActivationFile.Names(reference)) return ActivationFile.Open(reference, reading(MapReading.Flatten));
        var (network, layer) = Split(reference);
        using var specimen = Specimen(network, data, session);
        var rows = LayerActivations.Record(
            specimen, Shown(specimen), [layer], new LayerReading { Maps = reading(MapReading.Pool), Examples = examples },
            null, session.Cancellation);
        return rows[layer];
    }

    /// <summary>Opens a side as spatial frequencies of its maps.</summary>
    /// <param name="most">At most this many along each side; null: all.</param>
    /// <inheritdoc cref="Open" path="/param"/>
    public static SpectralBasis Spectrum(string reference, long? most, string? data, long examples, Session session)
    {
        if (ActivationFile.Names(reference))
        {
            using var maps = ActivationFile.Read(reference);
            return SpectralBasis.Of(maps, most);
        }

        var (network, layer) = Split(reference);
        using var specimen = Specimen(network, data, session);
        return LayerActivations.Spectra(specimen, Shown(specimen), [layer], most, examples, null, session.Cancellation)[0].Basis;
    }

    private static (string Network, string Layer) Split(string reference)
    {
        int colon = reference.LastIndexOf(':');
        return colon > 0 && colon < reference.Length - 1
            ? (reference[..colon], reference[(colon + 1)..])
            : throw new ArgumentException($"'{reference}' names neither activations nor a layer; write {Usage}.");
    }

    /// <summary>Opens a network: RUN, RUN#CHECKPOINT or a model file.</summary>
    public static Specimen Specimen(string reference, string? data, Session session)
    {
        int hash = reference.LastIndexOf('#');
        return SpecimenSource.Open(hash < 0 ? reference : reference[..hash], new SpecimenOptions
        {
            RunsFolder = session.RunsFolder,
            Data = data,
            DataFolder = session.DataFolder,
            Device = session.Device,
            Checkpoint = hash < 0 ? null : reference[(hash + 1)..],
        });
    }

    /// <summary>The examples that a network is compared on: its test set.</summary>
    public static Golgi.Data.Examples Shown(Specimen specimen) =>
        specimen.Data?.Test ?? throw new ArgumentException($"{specimen.Name} comes without data. Name a data set with --data.");

    /// <summary>The layer that gives one value per class: the last one with weights.</summary>
    public static string Output(Specimen specimen) => LayerActivations.Usual(specimen.Network)[^1];

    /// <summary>Threads that suit what is compared: many small matrices run best on one.</summary>
    public static void ChooseThreads(Session session) => session.UseThreads(Math.Min(2, torch.get_num_threads()));
}
