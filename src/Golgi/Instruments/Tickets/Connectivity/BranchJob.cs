using System.Text.Json.Nodes;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Training;
using Golgi.Weights.Masks;
using Golgi.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Connectivity;

/// <summary>One of the two trainings that part. Its end is the run's checkpoint <c>final</c>.</summary>
public sealed class BranchJob : Job<TrainingReport>
{
    private readonly Blueprint blueprint;
    private readonly StabilityOptions options;
    private readonly BranchPlan plan;
    private readonly Tensor start;
    private readonly Mask mask;

    /// <summary>Puts the job together.</summary>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="options">How stability is looked at.</param>
    /// <param name="plan">Which of the trainings.</param>
    /// <param name="start">What the weights begin with, [D]. Borrowed.</param>
    /// <param name="mask">What is trained. Borrowed.</param>
    internal BranchJob(Blueprint blueprint, StabilityOptions options, BranchPlan plan, Tensor start, Mask mask) =>
        (this.blueprint, this.options, this.plan, this.start, this.mask) = (blueprint, options, plan, start, mask);

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("stability", 1) { IsPart = true };

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{blueprint.Data.Name}-{blueprint.Name}";

    /// <inheritdoc/>
    public override JsonObject Options
    {
        get
        {
            var json = blueprint.Describe(options.Recipe with { Seed = plan.Seed });
            json["fork"] = plan.Fork;
            json["branch"] = plan.Branch;
            json["ticket"] = options.TicketDigest;
            if (plan.Round == 0) return json;
            json["round"] = plan.Round;
            json["rates"] = options.Rates.Description;
            json["scope"] = options.Scope.Description;
            return json;
        }
    }

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => blueprint.Inputs;

    /// <inheritdoc/>
    public override TrainingReport Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var threads = new ThreadScope(options.Recipe.Threads);
        var (data, recipe, target) = (blueprint.Data, options.Recipe, device(options.Recipe.Device));
        using var scope = NewDisposeScope();
        using var network = blueprint.Build(plan.Seed).to(target);
        using var weights = new WeightVector(network);
        using (no_grad()) weights.Values.copy_(start);
        long steps = recipe.StepsFor(data.Train.Count);
        using var method = new Masked(weights, mask);
        using var batches = new Batches(data.Train, data.Preprocessing, recipe.Batch, plan.Seed) { Device = target, Fork = (plan.Fork, plan.Order) };
        using var optimizer = recipe.Optimizer.Create(method.Coordinates, method.Gradient);
        using var loop = new TrainingLoop(network, method, optimizer, blueprint.Task, batches) { Schedule = recipe.Schedule, TotalSteps = steps };
        using var trainer = new Trainer(loop, network, blueprint.Task, data.Validation, data.Preprocessing, context.Run) { Device = target };
        return trainer.Fit(
            new TrainerOptions { Steps = steps, EvaluateEvery = recipe.EvaluateEvery(data.Train.Count) }, context.Progress, context.Cancellation);
    }
}
