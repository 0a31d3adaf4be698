using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Native;
using Golgi.Networks.Catalog;
using Golgi.Training;
using Golgi.Training.Tasks;
using Golgi.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Jobs;

/// <summary>Trains a reference network by a recipe. The same recipe is never trained twice.</summary>
/// <param name="recipe">What to train, on what, how.</param>
/// <param name="data">The recipe's data set, opened. Borrowed.</param>
public sealed class TrainJob(TrainingRecipe recipe, DataSet data) : Job<TrainingResult>
{
    private DataSet? owned;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("train", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{recipe.Data}-{recipe.Model}";

    /// <inheritdoc/>
    public override JsonObject Options => JsonSerializer.SerializeToNode(recipe, RunJson.Format)!.AsObject();

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => new Dictionary<string, string> { ["data_identity"] = data.Identity };

    /// <summary>The job of a recipe, which opens its data.</summary>
    /// <param name="request">A recipe, as JSON.</param>
    /// <param name="workspace">Where data are looked for.</param>
    /// <returns>The caller disposes it.</returns>
    public static TrainJob Make(JsonObject request, Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var recipe = request.Deserialize<TrainingRecipe>(RunJson.Format) ?? throw new ArgumentException("There is no recipe.", nameof(request));
        var data = DataCatalog.Open(recipe.Data, recipe.DataOptions(workspace.DataFolder));
        return new TrainJob(recipe, data) { owned = data };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The recipe names something unknown, or the model does not fit the data.</exception>
    public override TrainingResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var target = device(recipe.Device);
        var task = LearningTask.For(data.Train);
        using var threads = new ThreadScope(recipe.Threads);
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
        using var loop = new TrainingLoop(network, method, optimizer, task, batches)
        {
            Schedule = recipe.Schedule,
            TotalSteps = steps,
            BeforeStep = freeze is null ? null : freeze.Apply,
        };

        // The run last: nothing is written before everything else is known to be right.
        using var trainer = new Trainer(loop, network, task, data.Validation, data.Preprocessing, context.Run) { Device = target };
        var report = trainer.Fit(
            new TrainerOptions { Steps = steps, EvaluateEvery = recipe.EvaluateEvery(data.Train.Count), Snapshots = recipe.Snapshots },
            context.Progress,
            context.Cancellation);
        var test = Evaluator.Evaluate(task, network, data.Test, data.Preprocessing, target, cancellation: context.Cancellation);
        return new TrainingResult(
            test.Primary, test, report.Validation, report.BestStep, report.BestValidation, report.Outcome, report.Steps, weights.Count,
            report.Seconds)
        {
            BackwardSeconds = loop.BackwardSeconds,
        };
    }

    /// <summary>The recipe's network with its first weights, for the data's input size and classes.</summary>
    /// <returns>The caller owns it.</returns>
    public static nn.Module<Tensor, Tensor> Build(TrainingRecipe recipe, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        return ModelCatalog.Build(recipe.Model, data.InputShape, data.OutputCount, recipe.Initialization, recipe.Seed);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        owned?.Dispose();
        base.Dispose();
    }
}
