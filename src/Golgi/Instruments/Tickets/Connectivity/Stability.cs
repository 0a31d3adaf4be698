using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Search;
using Golgi.Instruments.Tickets.Shrinking;
using Golgi.Native;
using Golgi.Numerics.Random;
using Golgi.Runs;
using Golgi.Training;
using Golgi.Weights;
using Golgi.Weights.Masks;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Connectivity;

/// <summary>Whether a network, or a ticket, is stable to the noise of training: do two orders of the examples lead to linearly connected
/// ends?</summary>
/// <remarks>Frankle, Dziugaite, Roy and Carbin 2020 (arXiv 1912.05671): tickets are found where the network is stable.</remarks>
public static class Stability
{
    /// <summary>The kind of the runs that this makes.</summary>
    public const string Kind = "stability";

    /// <summary>Trains both ends for each fork and seed and looks at the line between them.</summary>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="options">How.</param>
    /// <param name="seeds">One per replicate.</param>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="progress">Steps of the training under way.</param>
    /// <param name="cancellation">Finishes the step under way, saves a checkpoint and throws.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the same call continues.</exception>
    public static IReadOnlyList<ForkStability> Measure(
        Blueprint blueprint,
        StabilityOptions options,
        IReadOnlyList<long> seeds,
        string root,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        using var threads = new ThreadScope(options.Recipe.Threads);
        return
        [
            .. seeds.SelectMany(seed => options.Forks.SelectMany(fork => Rounds(blueprint, options, seed, fork, root, progress, cancellation))),
        ];
    }

    private static List<ForkStability> Rounds(
        Blueprint blueprint, StabilityOptions options, long seed, long fork, string root, IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var network = blueprint.Build(seed).to(device(options.Recipe.Device));
        using var weights = new WeightVector(network);
        var origin = weights.Values.clone();
        var mask = MaskOf(options, weights, network, origin);
        var found = new List<ForkStability>();
        for (int round = 0; ; round++)
        {
            var start = origin * mask.Kept;
            Tensor End(int branch)
            {
                using (no_grad()) weights.Values.copy_(start);
                var plan = new BranchPlan(seed, fork, branch, round);
                return Train(blueprint, options, network, weights, mask, plan, root, progress, cancellation);
            }

            Tensor one = End(0), other = End(1);
            double[] errors = Line(blueprint, options, network, weights, one, other, progress, cancellation);
            double barrier = Math.Max(0, errors.Max() - ((errors[0] + errors[^1]) / 2));
            Mask Cut(Tensor final) => Pruning.Prune(
                mask, MaskCriterion.Find("large-final"), options.Rates, start, final, null, new Philox((ulong)seed, (ulong)round));
            var next = Cut(one);
            using var twin = Cut(other);
            double p = (double)next.Count / mask.Count;
            found.Add(new ForkStability(
                fork, seed, round, mask.Remaining, errors, barrier, barrier < options.Threshold, Differing(mask, start, one),
                Differing(mask, one, other),
                new MaskOverlap(next.Remaining, next.Overlap(twin), p / (2 - p)), mask.Collapsed));
            mask.Dispose();
            mask = next;
            if (round == options.Rounds) break;
        }

        mask.Dispose();
        return found;
    }

    private static Mask MaskOf(StabilityOptions options, WeightVector weights, nn.Module<Tensor, Tensor> network, Tensor start)
    {
        if (options.Ticket is null) return new Mask(weights, options.Scope);
        using var _ = no_grad();
        using var twin = TicketFile.Open(options.Ticket, out var mask);
        if (mask.Kept.shape[0] == start.shape[0]) return mask;
        throw new ArgumentException(
            $"{options.Ticket} is a ticket of a network with {mask.Kept.shape[0]} weights; {network.GetName()} has {start.shape[0]}.");
    }

    private static Tensor Train(
        Blueprint blueprint,
        StabilityOptions options,
        nn.Module<Tensor, Tensor> network,
        WeightVector weights,
        Mask mask,
        BranchPlan plan,
        string root,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var recipe = options.Recipe with { Seed = plan.Seed, Data = blueprint.Data.Name, Model = blueprint.Name };
        var configuration = RunConfiguration.Of(Kind, $"{blueprint.Data.Name}-{blueprint.Name}", recipe);
        configuration.Options["data_identity"] = blueprint.Data.Identity;
        configuration.Options["fork"] = plan.Fork;
        configuration.Options["branch"] = plan.Branch;
        configuration.Options["ticket"] = options.Ticket;
        if (plan.Round > 0)
        {
            configuration.Options["round"] = plan.Round;
            configuration.Options["rates"] = options.Rates.Description;
        }

        using var run = Run.Open(root, configuration);
        long steps = recipe.StepsFor(blueprint.Data.Train.Count);
        long other = (long)new Philox((ulong)plan.Seed, 0x464F_524B + (ulong)plan.Branch).Reader().NextBits();
        using var method = new Masked(weights, mask);
        using var batches = new Batches(blueprint.Data.Train, blueprint.Data.Preprocessing, recipe.Batch, plan.Seed)
        {
            Device = device(recipe.Device),
            Fork = (plan.Fork, other),
        };
        using var optimizer = recipe.Optimizer.Create(method.Coordinates, method.Gradient);
        using var loop = new TrainingLoop(network, method, optimizer, blueprint.Task, batches) { Schedule = recipe.Schedule, TotalSteps = steps };
        using var trainer =
            new Trainer(loop, network, blueprint.Task, blueprint.Data.Validation, blueprint.Data.Preprocessing, run)
            {
                Device = device(recipe.Device),
            };
        var report = trainer.Fit(
            new TrainerOptions { Steps = steps, EvaluateEvery = recipe.EvaluateEvery(blueprint.Data.Train.Count) }, progress, cancellation);
        if (!run.Finished) run.Finish(report);
        return weights.Values.clone();
    }

    /// <summary>Test error along the line. Stored statistics of normalization layers are those of neither end there: they are measured
    /// anew.</summary>
    private static double[] Line(
        Blueprint blueprint,
        StabilityOptions options,
        nn.Module<Tensor, Tensor> network,
        WeightVector weights,
        Tensor one,
        Tensor other,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var target = device(options.Recipe.Device);
        return
        [
            .. Enumerable.Range(0, options.Points).Select(i =>
            {
                double share = (double)i / (options.Points - 1);
                using (no_grad()) weights.Values.copy_(one).mul_(1 - share).add_(other, alpha: share);
                progress?.Report(new WorkProgress("points of the line", i, options.Points));
                StoredStatistics.Measure(network, blueprint.Data, target);
                return 1 - Evaluator.Evaluate(
                    blueprint.Task, network, blueprint.Data.Test, blueprint.Data.Preprocessing, target, cancellation: cancellation).Primary;
            }),
        ];
    }

    private static double Differing(Mask mask, Tensor one, Tensor other)
    {
        using var scope = NewDisposeScope();
        long differing = mask.Layers.Select(layer => (WeightVector.Window(one, layer) * WeightVector.Window(other, layer)).lt(0)
            .logical_and(WeightVector.Window(mask.Kept, layer)).sum().item<long>()).Sum();
        return mask.Count == 0 ? 0 : (double)differing / mask.Count;
    }
}
