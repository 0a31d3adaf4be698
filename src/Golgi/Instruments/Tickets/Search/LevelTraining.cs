using System.Diagnostics;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Runs;
using Golgi.Training;
using Golgi.Weights;
using Golgi.Weights.Masks;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>Trains one level in its run's folder.</summary>
internal sealed class LevelTraining(Blueprint blueprint, TicketOptions options, string root)
{
    private const double SecondsBetweenSaves = 10; // small levels are trained in less, and again from their start after a kill

    /// <summary>The run of a level.</summary>
    /// <param name="level">0: the dense network, which does not depend on how tickets are looked for.</param>
    public RunConfiguration Configuration(long seed, int level, string variant)
    {
        var recipe = options.Recipe with { Seed = seed, Data = blueprint.Data.Name, Model = blueprint.Name };
        var configuration = RunConfiguration.Of("ticket", $"{blueprint.Data.Name}-{blueprint.Name}-{variant}-{level}", recipe);
        configuration.Options["network"] = blueprint.Name;
        configuration.Options["initialization"] = blueprint.Initialization;
        configuration.Options["data_identity"] = blueprint.Data.Identity;
        configuration.Options["scope"] =
            $"{string.Join(' ', options.Scope.Only)} - {string.Join(' ', options.Scope.Except)} {options.Scope.KernelsOnly}";
        if (options.RewindStep > 0) configuration.Options["rewind_step"] = options.RewindStep;
        if (level > 0) configuration.Options["lineage"] = options.Lineage(level, variant);
        return configuration;
    }

    /// <summary>The run, open for writing.</summary>
    public Run Open(long seed, int level, string variant) => Run.Open(root, Configuration(seed, level, variant));

    /// <summary>Trains a level to its end and keeps its state and its ticket.</summary>
    /// <param name="run">Not finished yet.</param>
    /// <param name="plan">What is trained.</param>
    /// <param name="origin">The network's first weights, [D].</param>
    public TicketLevel Train(
        Run run, LevelPlan plan, Tensor origin, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var recipe = options.Recipe;
        var data = blueprint.Data;
        var target = device(recipe.Device);
        using var scope = NewDisposeScope();
        using var network = blueprint.Build(plan.Seed).to(target);
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

        using var batches = new Batches(data.Train, data.Preprocessing, recipe.Batch, plan.Seed) { Device = target };
        using var optimizer = recipe.Optimizer.Create(method.Coordinates, method.Gradient);
        long steps = recipe.StepsFor(data.Train.Count);
        using var loop = new TrainingLoop(network, method, optimizer, blueprint.Task, batches) { Schedule = recipe.Schedule, TotalSteps = steps };
        using var trainer = new Trainer(loop, network, blueprint.Task, data.Validation, data.Preprocessing, run) { Device = target };
        var report = trainer.Fit(
            new TrainerOptions
            {
                Steps = steps,
                EvaluateEvery = recipe.EvaluateEvery(data.Train.Count),
                SaveEvery = TimeSpan.FromSeconds(SecondsBetweenSaves),
                SnapshotsAt = plan.Level == 0 && options.RewindStep > 0 ? [options.RewindStep] : [],
            },
            progress,
            cancellation);
        double final = Test();
        double flips = SignFlips(plan.Mask, start, weights.Values);
        using (var mask = plan.Mask.Where(plan.Mask.Kept))
        using (var state = new LevelState(start, weights.Values.clone(), plan.Pruned.clone(), mask))
        {
            state.Save(run);
            TicketFile.Write(run.ArtifactPath("ticket.safetensors"), weights, mask, origin, Lineage(plan));
        }

        double best = report.BestStep == report.Steps || report.BestStep == 0 ? final : AtBest(run, network, Test);
        var result = new TicketLevel(
            plan.Variant, plan.Level, plan.Seed, plan.Mask.Remaining, best, final, untrained, report.BestStep, flips,
            LayerMask.Of(plan.Mask), plan.Mask.Collapsed, run.Folder, watch.Elapsed.TotalSeconds, loop.ComputeSeconds)
        {
            StepSeconds = loop.StepSeconds,
            EvaluationSeconds = trainer.EvaluationSeconds + testing.Elapsed.TotalSeconds,
        };
        run.Finish(result);
        foreach (string name in new[] { "last", "best", "final" }) run.DropCheckpoint(name); // the level's own checkpoint has it all
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
        Seed = plan.Seed,
        Weights = TicketWeights.Trained,
        Criterion = plan.Level == 0 ? "dense" : options.Criterion.Name,
        Initialization = blueprint.Initialization,
        Data = blueprint.Data.Name,
        MaskOne = plan.Level == 0 ? null : options.MaskOne.Name,
        MaskZero = plan.Level == 0 ? null : options.MaskZero.Name,
        RewindStep = options.RewindStep,
        Parent = plan.Parent,
    };
}
