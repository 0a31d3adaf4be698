using Golgi.Data;
using Golgi.Foundation;
using Golgi.Interchange;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using Golgi.Runs;
using Golgi.Training;
using static TorchSharp.torch;

namespace Golgi.Opening;

/// <summary>Networks that learn a data set: of the catalog, from a file of another tool, or the user's own.</summary>
public static class Trainables
{
    /// <summary>What a network that is trained from fresh weights may be, for help texts.</summary>
    public const string Usage = "an architecture's name, MODEL.onnx or NETWORK.prototxt+WEIGHTS.caffemodel; of a file, the architecture is taken "
        + "and its weights are drawn anew";

    /// <summary>A network by its name, or a file's architecture with fresh weights.</summary>
    /// <param name="network">As <see cref="Usage"/> says; <c>@PREPARATION</c> may follow.</param>
    /// <param name="data">What it learns. Borrowed.</param>
    /// <param name="options">How it learns; null: the defaults.</param>
    /// <param name="initialization">One of <see cref="Initialization.Names"/>. Null: that of the catalog's entry, for a file
    /// <see cref="Initialization.Torch"/>.</param>
    /// <exception cref="ArgumentException">There is no such network or initialization; or the file's network cannot learn the data: it has no
    /// weights, layers for which no fresh start is known, or other inputs or outputs than the data. The message says which.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static SupervisedTrainable Of(
        string network, DataSet data, SupervisedOptions? options = null, string? initialization = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        var reference = NetworkReference.Parse(network);
        options ??= new SupervisedOptions();
        if (reference.Preparation is { } preparation)
        {
            options = options.Preprocessing is null
                ? options with { Preprocessing = PreprocessingPresets.Find(preparation) }
                : throw new ArgumentException($"The preparation is given twice, '{preparation}' after @ and in the options. Give it once.");
        }

        return reference.Kind switch
        {
            NetworkKind.File => OfFile(reference.Name, data, options, Initialization.Canonical(initialization ?? Initialization.Torch)),
            NetworkKind.Weights => throw new ArgumentException(
                $"'{network}' names weights beside the architecture, and training begins at fresh ones: name {reference.Name} alone.",
                    nameof(network)),
            _ => OfCatalog(reference.Name, data, options, initialization),
        };
    }

    /// <summary>A module of the user's own.</summary>
    /// <param name="name">What reports call it. Two that differ in more than the names, kinds and first weights of their layers (strides, say)
    /// must have different names, because runs are found by these.</param>
    /// <param name="data">What it learns. Borrowed.</param>
    /// <param name="build">A fresh start: from a seed to a new module with its first weights, always the same for one seed. While it runs, torch's
    /// generator is set to the seed, so layers that draw from it need no more.</param>
    /// <param name="options">How it learns; null: the defaults.</param>
    /// <exception cref="ArgumentException">It gives the same module twice or other weights the second time, has no weights to train, or has other
    /// inputs or outputs than the data; the message says which.</exception>
    public static SupervisedTrainable Of(
        string name, DataSet data, Func<long, nn.Module<Tensor, Tensor>> build, SupervisedOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(build);
        nn.Module<Tensor, Tensor> Fresh(long seed) => Seeds.Build(seed, () => build(seed));
        var trainable = new SupervisedTrainable(name, $"{name}\n{LayersAndFirstWeights(name, Fresh)}", Fresh, data,
            options ?? new SupervisedOptions());
        return trainable.Fitted();
    }

    /// <summary>A module of the user's own, whose layers draw their first weights from torch's generator.</summary>
    /// <param name="build">Makes a new module; torch's generator is set to the seed before.</param>
    /// <inheritdoc cref="Of(string, DataSet, Func{long, nn.Module{Tensor, Tensor}}, SupervisedOptions?)"/>
    public static SupervisedTrainable Of(
        string name, DataSet data, Func<nn.Module<Tensor, Tensor>> build, SupervisedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        return Of(name, data, _ => build(), options);
    }

    private static SupervisedTrainable OfCatalog(string name, DataSet data, SupervisedOptions options, string? initialization)
    {
        string chosen = Initialization.Canonical(initialization ?? ModelCatalog.Find(name).Initialization);
        return new SupervisedTrainable(
            name, $"{name} {chosen}", seed => ModelCatalog.Build(name, data.InputShape, data.OutputCount, chosen, seed), data, options);
    }

    private static SupervisedTrainable OfFile(string file, DataSet data, SupervisedOptions options, string initialization)
    {
        if (!ModelFile.Accepts(file))
        {
            throw new ArgumentException($"'{file}' holds no network that can be trained from fresh weights. Known: {Usage}.", nameof(file));
        }

        var files = ModelFile.Files(file);
        string name = string.Join('+', files.Select(Path.GetFileName));
        nn.Module<Tensor, Tensor> Fresh(long seed)
        {
            var network = ModelFile.Open(file).Network;
            try
            {
                FreshWeights.Draw(network, name, initialization, seed);
                return network;
            }
            catch
            {
                network.Dispose();
                throw;
            }
        }

        if (files.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            throw new FileNotFoundException($"There is no file '{missing}'.", missing);
        }

        var trainable = new SupervisedTrainable(
            name, $"{string.Join('+', files.Select(Digest.OfFile))} {initialization}", Fresh, data, options);
        return trainable.Fitted();
    }

    /// <summary>What a module is made of, as far as it shows; it is built twice, to see that it is always the same.</summary>
    private static string LayersAndFirstWeights(string name, Func<long, nn.Module<Tensor, Tensor>> build)
    {
        using var first = build(0);
        using var second = build(0);
        if (ReferenceEquals(first, second))
        {
            throw new ArgumentException($"{name} is one module, given twice; a fresh start is a new module each time: seed => new MyNetwork().");
        }

        string digest = Checkpoint.DigestOf(first);
        if (digest != Checkpoint.DigestOf(second))
        {
            throw new ArgumentException(
                $"{name} has other first weights each time that it is built from seed 0; they must follow from the seed: draw them from torch's "
                + "generator, which is set to the seed, or from one that is made of it.");
        }

        return string.Join('\n', ModuleTree.Walk(first).Select(layer => $"{layer.Name} {layer.Module.GetType().Name}").Append(digest));
    }
}
