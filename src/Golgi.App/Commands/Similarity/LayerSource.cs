using Golgi.Models;
using Golgi.Similarity;
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
    /// <param name="maps">How maps become rows; null: flattened in files, averaged over places in networks.</param>
    /// <param name="data">Data set that networks are shown; null: their own.</param>
    /// <param name="examples">At most this many examples of the test set.</param>
    public static ActivationRows Open(string reference, MapReading? maps, string? data, long examples, Session session)
    {
        if (ActivationFile.Names(reference)) return ActivationFile.Open(reference, maps ?? MapReading.Flatten);
        int colon = reference.LastIndexOf(':');
        if (colon <= 0 || colon == reference.Length - 1)
        {
            throw new ArgumentException($"'{reference}' names neither activations nor a layer; write {Usage}.");
        }

        string layer = reference[(colon + 1)..];
        using var specimen = Specimen(reference[..colon], data, session);
        var rows = LayerActivations.Record(
            specimen, Shown(specimen), [layer], new LayerReading { Maps = maps ?? MapReading.Pool, Examples = examples },
            null, session.Cancellation);
        return rows[layer];
    }

    /// <summary>Opens a network: RUN, RUN#CHECKPOINT or a model file.</summary>
    public static Specimen Specimen(string reference, string? data, Session session)
    {
        int hash = reference.LastIndexOf('#');
        return SpecimenSource.Open(hash < 0 ? reference : reference[..hash], new SpecimenOptions
        {
            RunsFolder = Path.Exists(session.OutFolder) ? session.OutFolder : "runs",
            Data = data,
            DataFolder = session.DataFolder,
            Device = session.Device,
            Checkpoint = hash < 0 ? "final" : reference[(hash + 1)..],
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
