using Golgi.Data;
using Golgi.Interchange;
using Golgi.Networks.Catalog;
using Golgi.Networks;
using Golgi.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Opening;

/// <summary>Opens what a user names as a network.</summary>
public static class SpecimenSource
{
    /// <summary>Opens a network.</summary>
    /// <param name="reference">As <see cref="NetworkReference"/> reads it.</param>
    /// <param name="options">With which data, where to; null: the defaults.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">Nothing of that name is there (the message lists the nearest), or the reference and the options say
    /// the same thing twice.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or belongs to another network.</exception>
    public static Specimen Open(string reference, SpecimenOptions? options = null) => Open(NetworkReference.Parse(reference), options);

    /// <inheritdoc cref="Open(string, SpecimenOptions?)"/>
    public static Specimen Open(NetworkReference reference, SpecimenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var wanted = Merge(reference, options ?? new SpecimenOptions());
        switch (reference.Kind)
        {
            case NetworkKind.File:
                return ModelFileSpecimen.Open(reference.Name, wanted);
            case NetworkKind.Weights:
                return File.Exists(reference.Weights)
                    ? OfCatalog($"{reference.Name}+{Path.GetFileName(reference.Weights)}", reference.Name, reference.Weights, wanted)
                    : throw new FileNotFoundException(
                        $"There is no file {reference.Weights} with weights for {reference.Name}.", reference.Weights);
            case NetworkKind.Architecture:
                return OfCatalog(reference.Name, reference.Name, null, wanted);
            default:
                using (var run = RunReference.Open(reference.Name, wanted.RunsFolder)) return OpenRun(run, wanted);
        }
    }

    /// <summary>The options with what the reference says; nothing may be said twice.</summary>
    private static SpecimenOptions Merge(NetworkReference reference, SpecimenOptions options)
    {
        if (reference.Checkpoint is { } checkpoint)
        {
            options = options.Checkpoint is null
                ? options with { Checkpoint = checkpoint }
                : throw new ArgumentException(
                    $"A checkpoint is named twice, '{checkpoint}' after # and '{options.Checkpoint}' by an option. Name it once.");
        }
        else if (options.Checkpoint is not null && reference.Kind != NetworkKind.Run)
        {
            throw new ArgumentException($"'{reference.Name}' is no run; only runs have checkpoints, such as '{options.Checkpoint}'.");
        }

        if (reference.Preparation is not { } preparation) return options;
        return options.Preprocessing is null
            ? options with { Preprocessing = PreprocessingPresets.Find(preparation) }
            : throw new ArgumentException($"The preparation is given twice, '{preparation}' after @ and by an option. Give it once.");
    }

    private static Specimen OpenRun(Run run, SpecimenOptions options)
    {
        var stored = run.Configuration.Options;
        if ((string?)stored["model"] is not { } model || (string?)stored["data"] is not { } dataName)
        {
            throw new InvalidDataException($"{run.Name} is a {run.Configuration.Kind} run; it holds no network of its own.");
        }

        string checkpoint = options.Checkpoint ?? "final";
        if (!run.HasCheckpoint(checkpoint))
        {
            string state = run.Finished ? "" : " The run is not finished; the command that made it continues it.";
            throw new InvalidDataException($"{run.Name} has no checkpoint '{checkpoint}'.{state}");
        }

        var dataOptions = new DataOptions
        {
            Folder = options.DataFolder,
            TrainLimit = options.Data is null ? (int?)stored["train_limit"] : null,
            ValidationCount = options.Data is null ? (int?)stored["validation_count"] : null,
            Labels = options.Data is null && (string?)stored["labels"] == "shuffled" ? TrainingLabels.Shuffled : TrainingLabels.True,
        };
        var data = DataCatalog.Open(options.Data ?? dataName, dataOptions);
        var plan = new NetworkPlan(run.Name, model, run.CheckpointPath(checkpoint), data.InputShape, data.OutputCount, 0);
        return Load(plan, options.Preprocessing ?? data.Preprocessing, data, options.Device);
    }

    private static Specimen OfCatalog(string name, string architecture, string? weights, SpecimenOptions options)
    {
        var entry = ModelCatalog.Find(architecture);
        var data = options.Data is null ? null : DataCatalog.Open(options.Data, new DataOptions { Folder = options.DataFolder });
        var plan = new NetworkPlan(
            name, architecture, weights, data?.InputShape ?? entry.InputShape, data?.OutputCount ?? entry.Classes, options.Seed);
        return Load(plan, options.Preprocessing ?? data?.Preprocessing ?? Preprocessing.UnitRange, data, options.Device);
    }

    private static Specimen Load(NetworkPlan plan, Preprocessing preprocessing, DataSet? data, Device target)
    {
        nn.Module<Tensor, Tensor>? network = null;
        try
        {
            network = ModelCatalog.Build(plan.Model, plan.InputShape, plan.Classes, initialization: null, plan.Seed);
            if (plan.Weights is not null) LoadWeights(network, plan.Weights);
            network.to(target);
            network.eval();
            return new Specimen(plan.Name, network, plan.InputShape, preprocessing, data?.ClassNames ?? [], data);
        }
        catch
        {
            network?.Dispose();
            data?.Dispose();
            throw;
        }
    }

    private static void LoadWeights(nn.Module<Tensor, Tensor> network, string path)
    {
        using var file = WeightFile.Read(path);
        var state = Checkpoint.StateOf(network);
        WeightMap.Of(file, state).Apply(file, state, path);
    }

    /// <summary>What is built and from which file its weights come; from the seed where there is none.</summary>
    private sealed record NetworkPlan(
        string Name, string Model, string? Weights, IReadOnlyList<long> InputShape, int Classes, long Seed);
}
