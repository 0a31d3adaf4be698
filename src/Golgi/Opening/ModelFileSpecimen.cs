using Golgi.Data;
using Golgi.Interchange;
using Golgi.Interchange.Caffe;
using Golgi.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Opening;

/// <summary>Opens the network files of other tools as specimens.</summary>
internal static class ModelFileSpecimen
{
    /// <summary>Opens a file with its data, if any are named, and its preparation.</summary>
    public static Specimen Open(string file, SpecimenOptions options)
    {
        if (!ModelFile.Accepts(file))
        {
            throw new ArgumentException($"'{file}' holds no network that Golgi opens by itself. Known: {NetworkReference.Usage}.", nameof(file));
        }

        var chosen = options.Preprocessing ?? PublishedNetworks.PreparationOf(Weights(file));
        var model = ModelFile.Open(file);
        DataSet? data = null;
        try
        {
            if (options.Data is not null) data = DataCatalog.Open(options.Data, DataFor(model, chosen, options));
            var preprocessing = Fitted(WithMeanImage(chosen, file) ?? data?.Preprocessing ?? Preprocessing.UnitRange, model.InputShape);
            model.Network.to(options.Device);
            var shape = model.InputShape.Count > 0 && model.InputShape.All(size => size > 0)
                ? model.InputShape
                : data?.InputShape ?? model.InputShape;
            return new Specimen(
                Path.GetFileNameWithoutExtension(file), model.Network, shape, preprocessing, data?.ClassNames ?? Names(file, model, shape), data);
        }
        catch
        {
            data?.Dispose();
            model.Dispose();
            throw;
        }
    }

    /// <summary>The file that holds the weights, of <c>FILE</c> or <c>NETWORK+WEIGHTS</c>.</summary>
    private static string Weights(string file) => File.Exists(file) ? file : file[(file.IndexOf('+', StringComparison.Ordinal) + 1)..];

    private static IReadOnlyList<string> Names(string file, ModelFile model, IReadOnlyList<long> shape)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (shape.Count == 0 || shape.Any(size => size <= 0)) return [];
        return PublishedNetworks.NamesBeside(
            ModelFile.Files(file)[0], model.Network.call(zeros([1, .. shape], device: model.Network.parameters().FirstOrDefault()?.device)).numel());
    }

    // The mean image of cifar10_quick lies beside the model, as Caffe writes it.
    private static Preprocessing? WithMeanImage(Preprocessing? chosen, string file)
    {
        if (chosen is null || !ReferenceEquals(chosen, PreprocessingPresets.Find(PreprocessingPresets.MeanImage))) return chosen;
        string folder = Path.GetDirectoryName(Path.GetFullPath(ModelFile.Files(file)[0]))!;
        string[] means = Directory.GetFiles(folder, "*mean*.binaryproto");
        if (means is not [var path])
        {
            throw new ArgumentException(
                $"{PreprocessingPresets.MeanImage} takes the mean image beside the model, and {folder} holds {means.Length} files "
                    + "*mean*.binaryproto.");
        }

        using var mean = CaffeWeights.ReadMean(path);
        return chosen with { Mean = [.. mean.flatten().data<float>().ToArray().Select(value => (double)value)] };
    }

    // Images of a folder come in the size that the preparation starts from, or else in the network's own.
    private static DataOptions DataFor(ModelFile model, Preprocessing? chosen, SpecimenOptions options)
    {
        var plain = new DataOptions { Folder = options.DataFolder };
        if (chosen is { ShorterSide: > 0 }) return plain with { ImageSize = chosen.ShorterSide };
        return model.InputShape is [_, var height and > 0, _] ? plain with { ImageSize = (int)Math.Min(height, 4096) } : plain;
    }

    // A crop is as large as the network's input: 227 and 224 share one preset.
    private static Preprocessing Fitted(Preprocessing preprocessing, IReadOnlyList<long> input) =>
        preprocessing.Crop > 0 && input is [_, var height and > 0, var width] && height == width
            ? preprocessing with { Crop = (int)height }
            : preprocessing;
}
