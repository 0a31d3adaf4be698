using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks.Catalog;
using Golgi.Runs;
using Golgi.Training;
using Golgi.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Jobs;

/// <summary>Trains a reference network by a recipe, in a run's folder. The same recipe is never trained twice.</summary>
public static class TrainingJob
{
    /// <summary>The kind of the runs that this makes.</summary>
    public const string Kind = "train";

    /// <summary>The run that a recipe means, on data of an identity.</summary>
    public static RunConfiguration Configuration(TrainingRecipe recipe, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        var configuration = RunConfiguration.Of(Kind, $"{recipe.Data}-{recipe.Model}", recipe);
        configuration.Options["data_identity"] = data.Identity;
        return configuration;
    }

    /// <summary>Trains to the end, or continues an interrupted run, or returns the result of a finished one.</summary>
    /// <param name="recipe">What to train, on what, how.</param>
    /// <param name="data">The recipe's data set, opened. Borrowed.</param>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="progress">Steps, with loss and accuracy.</param>
    /// <param name="cancellation">Finishes the step under way, saves a checkpoint and throws.</param>
    /// <exception cref="ArgumentException">The recipe names something unknown, or the model does not fit the data.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call continues.</exception>
    public static TrainingResult Execute(
        TrainingRecipe recipe,
        DataSet data,
        string root,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var configuration = Configuration(recipe, data);
        var target = device(recipe.Device);
        set_num_threads(recipe.Threads);
        using var network = Build(recipe, data).to(target);
        using var weights = new WeightVector(network);
        using var method = new Direct(weights);
        var augmentation = Augmentation.Parse(recipe.Augmentation);
        using var batches = new Batches(data.Train, data.Preprocessing, recipe.Batch, recipe.Seed)
        {
            Device = target,
            Augment = augmentation == Augmentation.None ? null : augmentation.Apply,
        };
        using var optimizer = recipe.Optimizer.Create(method.Coordinates, method.Gradient);
        long steps = recipe.StepsFor(data.Train.Count);
        var freeze = recipe.Freeze is null ? null : new FreezeSchedule(weights, optimizer, steps);
        using var loop = new TrainingLoop(network, method, optimizer, batches)
        {
            Schedule = recipe.Schedule,
            TotalSteps = steps,
            BeforeStep = freeze is null ? null : freeze.Apply,
        };

        using var run = Run.Open(root, configuration); // last: nothing is written before everything else is known to be right
        if (run.Finished) return run.Result<TrainingResult>() with { Run = run.Folder };
        using var trainer = new Trainer(loop, network, data.Validation, data.Preprocessing, run) { Device = target };
        var report = trainer.Fit(
            new TrainerOptions { Steps = steps, EvaluateEvery = recipe.EvaluateEvery(data.Train.Count), Snapshots = recipe.Snapshots },
            progress,
            cancellation);
        var test = Evaluator.Evaluate(network, data.Test, data.Preprocessing, target, cancellation: cancellation);
        var result = new TrainingResult(
            test.Accuracy, test, report.Validation, report.BestStep, report.BestValidation, run.Folder, report.Outcome, report.Steps, weights.Count,
            report.Seconds)
        {
            BackwardSeconds = loop.BackwardSeconds,
        };
        run.Finish(result);
        return result;
    }

    /// <summary>The recipe's network with its first weights, for the data's input size and classes.</summary>
    /// <returns>The caller owns it.</returns>
    public static nn.Module<Tensor, Tensor> Build(TrainingRecipe recipe, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        return ModelCatalog.Build(recipe.Model, data.InputShape, data.ClassNames.Count, recipe.Initialization, recipe.Seed);
    }
}
