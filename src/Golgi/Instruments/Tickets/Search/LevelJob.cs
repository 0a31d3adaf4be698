using System.Diagnostics;
using System.Text.Json.Nodes;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Runs;
using Golgi.Training;
using Golgi.Weights.Masks;
using Golgi.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>Trains one level of a search in its run's folder. Which search asked makes no difference to it.</summary>
public sealed class LevelJob : Job<TicketLevel>
{
    private const double SecondsBetweenSaves = 10; // small levels are trained in less, and again from their start after a kill
    private readonly Blueprint blueprint;
    private readonly TicketOptions options;
    private readonly LevelPlace place;
    private readonly Tensor origin;
    private readonly Func<LevelPlan> prepare;

    /// <summary>Puts the job together.</summary>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="options">How tickets are looked for.</param>
    /// <param name="place">Which of the search's trainings.</param>
    /// <param name="origin">The network's first weights, [D]. Borrowed.</param>
    /// <param name="prepare">Gives what is trained; called only where the level is not finished.</param>
    internal LevelJob(Blueprint blueprint, TicketOptions options, LevelPlace place, Tensor origin, Func<LevelPlan> prepare) =>
        (this.blueprint, this.options, this.place, this.origin, this.prepare) = (blueprint, options, place, origin, prepare);

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("ticket", 1) { IsPart = true };

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{blueprint.Data.Name}-{blueprint.Name}-{place.Variant}-{place.Level}";

    /// <inheritdoc/>
    public override JsonObject Options
    {
        get
        {
            var json = options.Describe(blueprint, place.Seed);
            if (options.RewindStep > 0) json["rewind_step"] = options.RewindStep;
            if (place.Level > 0) json["lineage"] = options.Lineage(place.Level, place.Variant);
            return json;
        }
    }

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => blueprint.Inputs;

    /// <inheritdoc/>
    public override TicketLevel Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var threads = new ThreadScope(options.Recipe.Threads);
        var cancellation = context.Cancellation;
        var watch = Stopwatch.StartNew();
        var recipe = options.Recipe;
        var data = blueprint.Data;
        var target = device(recipe.Device);
        using var scope = NewDisposeScope();
        using var plan = prepare();
        using var network = blueprint.Build(place.Seed).to(target);
        using var weights = new WeightVector(network);
        using (no_grad()) weights.Values.copy_(plan.Start);
        using var method = new Masked(weights, plan.Mask, plan.Pruned);
        method.Materialize();
        var start = weights.Values.clone();
        var testing = new Stopwatch();
        double Test()
        {
            testing.Start();
            double accuracy = Evaluator.Evaluate(blueprint.Task, network, data.Test, data.Preprocessing, target, cancellation: cancellation).Primary;
            testing.Stop();
            return accuracy;
        }

        double untrained = Test();

        using var batches = new Batches(data.Train, data.Preprocessing, recipe.Batch, place.Seed) { Device = target };
        using var optimizer = recipe.Optimizer.Create(method.Coordinates, method.Gradient);
        long steps = recipe.StepsFor(data.Train.Count);
        using var loop = new TrainingLoop(network, method, optimizer, blueprint.Task, batches) { Schedule = recipe.Schedule, TotalSteps = steps };
        using var trainer = new Trainer(loop, network, blueprint.Task, data.Validation, data.Preprocessing, context.Run) { Device = target };
        var report = trainer.Fit(
            new TrainerOptions
            {
                Steps = steps,
                EvaluateEvery = recipe.EvaluateEvery(data.Train.Count),
                SaveEvery = TimeSpan.FromSeconds(SecondsBetweenSaves),
                SnapshotsAt = place.Level == 0 && options.RewindStep > 0 ? [options.RewindStep] : [],
            },
            context.Progress,
            cancellation);
        double final = Test();
        double flips = SignFlips(plan.Mask, start, weights.Values);
        using (var mask = plan.Mask.Where(plan.Mask.Kept))
        using (var state = new LevelState(start, weights.Values.clone(), plan.Pruned.clone(), mask))
        {
            state.Save(context.Run);
            TicketFile.Write(context.Run.ArtifactPath(TicketFile.FileName), weights, mask, origin, Lineage(plan));
        }

        double best = report.BestStep == report.Steps || report.BestStep == 0 ? final : AtBest(context.Run, network, Test);
        var result = new TicketLevel(
            place.Variant, place.Level, place.Seed, plan.Mask.Remaining, best, final, untrained, report.BestStep, flips,
            LayerMask.Of(plan.Mask), plan.Mask.Collapsed, context.Run.Name, watch.Elapsed.TotalSeconds, loop.ComputeSeconds)
        {
            StepSeconds = loop.StepSeconds,
            EvaluationSeconds = trainer.EvaluationSeconds + testing.Elapsed.TotalSeconds,
        };
        foreach (string name in new[] { "last", "best", "final" }) context.Run.DropCheckpoint(name); // the level's own checkpoint has it all
        return result;
    }

    private static double AtBest(Run run, nn.Module<Tensor, Tensor> network, Func<double> test)
    {
        run.LoadCheckpoint("best", Checkpoint.StateOf(network));
        return test();
    }

    private static double SignFlips(Mask mask, Tensor start, Tensor final)
    {
        using var scope = NewDisposeScope();
        long flipped = mask.Layers.Select(layer => (WeightVector.Window(start, layer) * WeightVector.Window(final, layer)).lt(0)
            .logical_and(WeightVector.Window(mask.Kept, layer)).sum().item<long>()).Sum();
        return mask.Count == 0 ? 0 : (double)flipped / mask.Count;
    }

    private TicketLineage Lineage(LevelPlan plan) => new()
    {
        Model = blueprint.Name,
        InputShape = blueprint.Data.InputShape,
        Classes = blueprint.Data.OutputCount,
        Seed = place.Seed,
        Weights = TicketWeights.Trained,
        Criterion = place.Level == 0 ? "dense" : options.Criterion.Name,
        Initialization = blueprint.Initialization,
        Data = blueprint.Data.Name,
        MaskOne = place.Level == 0 ? null : options.MaskOne.Name,
        MaskZero = place.Level == 0 ? null : options.MaskZero.Name,
        RewindStep = options.RewindStep,
        Parent = plan.Parent,
    };
}
