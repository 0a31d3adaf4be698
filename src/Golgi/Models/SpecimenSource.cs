using Golgi.Data;
using Golgi.Interchange;
using Golgi.Numerics;
using Golgi.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Models;

/// <summary>Opens what a user names as a network: a run, or an architecture with a file of weights.</summary>
public static class SpecimenSource
{
    /// <summary>What a reference may be, for help texts.</summary>
    public const string Usage = "a run's folder, its name under --out or the beginning of it; or ARCHITECTURE+WEIGHTS (.safetensors, .pth, .th, .npz); or "
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
        if (plus > 0 && File.Exists(reference[(plus + 1)..])) return OpenWeights(reference[..plus], reference[(plus + 1)..], options);
        int at = reference.LastIndexOf('@');
        if (plus > 0 && at > plus && File.Exists(reference[(plus + 1)..at]))
        {
            var prepared = options with { Preprocessing = PreprocessingPresets.Find(reference[(at + 1)..]) };
            return OpenWeights(reference[..plus], reference[(plus + 1)..at], prepared);
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
        };
        var data = DataCatalog.Open(options.Data ?? dataName, dataOptions);
        return Load(run.Name, model, run.CheckpointPath(options.Checkpoint), data, options);
    }

    private static Specimen OpenWeights(string architecture, string weights, SpecimenOptions options)
    {
        ModelCatalog.Find(architecture);
        if (options.Data is null)
        {
            throw new ArgumentException($"{architecture} takes its input's size from data, and none were named. Name a data set with --data.");
        }

        var data = DataCatalog.Open(options.Data, new DataOptions { Folder = options.DataFolder });
        return Load($"{architecture}+{Path.GetFileName(weights)}", architecture, weights, data, options);
    }

    private static Specimen Load(string name, string model, string weights, DataSet data, SpecimenOptions options)
    {
        nn.Module<Tensor, Tensor>? network = null;
        try
        {
            network = ModelCatalog.Build(model, data.InputShape, data.ClassNames.Count, initialization: null, seed: 0);
            using (var file = WeightFile.Read(weights))
            {
                var state = Checkpoint.StateOf(network);
                WeightMap.Of(file, state).Apply(file, state, weights);
            }

            network.to(options.Device);
            network.eval();
            return new Specimen(name, network, data.InputShape, options.Preprocessing ?? data.Preprocessing, data.ClassNames, data);
        }
        catch
        {
            network?.Dispose();
            data.Dispose();
            throw;
        }
    }
}
