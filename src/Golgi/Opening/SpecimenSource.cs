using Golgi.Data;
using Golgi.Foundation;
using Golgi.Interchange;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using Golgi.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Opening;

/// <summary>Opens what a user names as a network: a run, or an architecture with a file of weights.</summary>
public static class SpecimenSource
{
    /// <summary>What a reference may be, for help texts.</summary>
    public const string Usage =
        "a run's folder, its name under --out or the beginning of it; or ARCHITECTURE+WEIGHTS (.safetensors, .pth, .th, .npz); or "
        + ModelFile.Usage + "; @PREPROCESSING may follow a file";

    /// <summary>Opens a network.</summary>
    /// <param name="reference">As <see cref="Usage"/> says.</param>
    /// <param name="options">With which data, where to; null: the defaults.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">Nothing of that name is there; the message lists the nearest.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or belongs to another network.</exception>
    public static Specimen Open(string reference, SpecimenOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        options ??= new SpecimenOptions();
        if (ModelFileSpecimen.Split(reference) is var (file, preset)) return ModelFileSpecimen.Open(file, preset, options);
        int plus = reference.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0 && ModelCatalog.Knows(reference[..plus]))
        {
            var (weights, prepared) = WithPreset(reference[(plus + 1)..], options);
            return File.Exists(weights)
                ? OpenWeights(reference[..plus], weights, prepared)
                : throw new FileNotFoundException($"There is no file {weights} with weights for {reference[..plus]}.", weights);
        }

        using var run = FindRun(reference, options.RunsFolder);
        return OpenRun(run, options);
    }

    /// <summary>The run of a reference, opened for reading.</summary>
    /// <param name="reference">A folder, a run's name, or the beginning of one name only.</param>
    /// <param name="root">The folder of all runs.</param>
    /// <exception cref="ArgumentException">There is no such run, or several begin so.</exception>
    public static Run FindRun(string reference, string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        if (Directory.Exists(reference)) return Run.Read(reference);
        string[] names = [.. Run.All(root).Select(run => run.Name)];
        string[] matching = [.. names.Where(name => name.StartsWith(reference, StringComparison.Ordinal))];
        return matching switch
        {
            [var only] => Run.Read(Path.Combine(root, only)),
            [] when names.Length == 0 => throw new ArgumentException(
                $"No run '{reference}': there is no such folder, and {Path.GetFullPath(root)} holds no runs. Make one with: golgi train."),
            [] => throw new ArgumentException(Unknown(reference, names)),
            _ => throw new ArgumentException($"'{reference}' could be any of: {string.Join(", ", matching)}. Write more of the name."),
        };
    }

    private static string Unknown(string reference, string[] names)
    {
        try
        {
            return Check.Known(reference, names, "run");
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }

    private static Specimen OpenRun(Run run, SpecimenOptions options)
    {
        var stored = run.Configuration.Options;
        if ((string?)stored["model"] is not { } model || (string?)stored["data"] is not { } dataName)
        {
            throw new InvalidDataException($"{run.Name} is a {run.Configuration.Kind} run; it holds no network of its own.");
        }

        if (!run.HasCheckpoint(options.Checkpoint))
        {
            string state = run.Finished ? "" : " The run is not finished; the command that made it continues it.";
            throw new InvalidDataException($"{run.Name} has no checkpoint '{options.Checkpoint}'.{state}");
        }

        var dataOptions = new DataOptions
        {
            Folder = options.DataFolder,
            TrainLimit = options.Data is null ? (int?)stored["train_limit"] : null,
            ValidationCount = options.Data is null ? (int?)stored["validation_count"] : null,
            Labels = options.Data is null && (string?)stored["labels"] == "shuffled" ? TrainingLabels.Shuffled : TrainingLabels.True,
        };
        var data = DataCatalog.Open(options.Data ?? dataName, dataOptions);
        var plan = new NetworkPlan(
            run.Name, model, run.CheckpointPath(options.Checkpoint), data.InputShape, data.ClassNames.Count);
        return Load(plan, options.Preprocessing ?? data.Preprocessing, data, options.Device);
    }

    /// <summary>Takes <c>@PREPROCESSING</c> off the end of a file's name.</summary>
    private static (string File, SpecimenOptions Options) WithPreset(string file, SpecimenOptions options)
    {
        int at = file.LastIndexOf('@');
        if (at <= 0 || File.Exists(file)) return (file, options);
        return (file[..at], options with { Preprocessing = PreprocessingPresets.Find(file[(at + 1)..]) });
    }

    private static Specimen OpenWeights(string architecture, string weights, SpecimenOptions options)
    {
        var entry = ModelCatalog.Find(architecture);
        var data = options.Data is null ? null : DataCatalog.Open(options.Data, new DataOptions { Folder = options.DataFolder });
        var network = new NetworkPlan(
            $"{architecture}+{Path.GetFileName(weights)}",
            architecture,
            weights,
            data?.InputShape ?? entry.InputShape,
            data?.ClassNames.Count ?? entry.Classes);
        return Load(network, options.Preprocessing ?? data?.Preprocessing ?? Preprocessing.UnitRange, data, options.Device);
    }

    private static Specimen Load(NetworkPlan plan, Preprocessing preprocessing, DataSet? data, Device target)
    {
        nn.Module<Tensor, Tensor>? network = null;
        try
        {
            network = ModelCatalog.Build(plan.Model, plan.InputShape, plan.Classes, initialization: null, seed: 0);
            using (var file = WeightFile.Read(plan.Weights))
            {
                var state = Checkpoint.StateOf(network);
                WeightMap.Of(file, state).Apply(file, state, plan.Weights);
            }

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

    /// <summary>What is built and from which file its weights come.</summary>
    private sealed record NetworkPlan(
        string Name, string Model, string Weights, IReadOnlyList<long> InputShape, int Classes);
}
