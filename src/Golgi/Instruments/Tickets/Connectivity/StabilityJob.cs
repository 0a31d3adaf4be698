using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Search;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Numerics.Random;
using Golgi.Runs;
using Golgi.Training;
using Golgi.Weights.Masks;
using Golgi.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Connectivity;

/// <summary>Whether a network, or a ticket, is stable to the noise of training: do two orders of the examples lead to linearly connected
/// ends?</summary>
/// <remarks>Frankle, Dziugaite, Roy and Carbin 2020 (arXiv 1912.05671): tickets are found where the network is stable. Each training is a run
/// of its own, and each finished line is kept.</remarks>
public sealed class StabilityJob : Job<StabilityResult>
{
    private readonly Blueprint blueprint;
    private readonly StabilityOptions options;
    private readonly IReadOnlyList<long> seeds;

    /// <summary>Puts the job together.</summary>
    /// <param name="blueprint">The network and its data. Borrowed.</param>
    /// <param name="options">How.</param>
    /// <param name="seeds">One per replicate; at least one.</param>
    /// <exception cref="ArgumentException">There is no seed.</exception>
    public StabilityJob(Blueprint blueprint, StabilityOptions options, IReadOnlyList<long> seeds)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(options);
        (this.blueprint, this.options, this.seeds) = (blueprint, options, Replicates.Checked(seeds));
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("tickets-stability", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{blueprint.Data.Name}-{blueprint.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => options.Describe(blueprint, seeds);

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => blueprint.Inputs;

    private Device Target => device(options.Recipe.Device);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ticket is another network's.</exception>
    public override StabilityResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var threads = new ThreadScope(options.Recipe.Threads);
        return new StabilityResult(
            blueprint.Name, blueprint.Data.Name,
            [.. seeds.SelectMany(seed => options.Forks.SelectMany(fork => Rounds(seed, fork, context)))]);
    }

    private List<ForkStability> Rounds(long seed, long fork, JobContext context)
    {
        using var scope = NewDisposeScope();
        using var network = blueprint.Build(seed).to(Target);
        using var weights = new WeightVector(network);
        var origin = weights.Values.clone();
        var mask = MaskOf(weights, network);
        var found = new List<ForkStability>();
        for (int round = 0; ; round++)
        {
            var start = origin * mask.Kept;
            Tensor End(int branch)
            {
                var done = context.Workspace.RunAll(
                    [new BranchJob(blueprint, options, new BranchPlan(seed, fork, branch, round), start, mask)], context.Progress,
                    context.Cancellation)[0];
                using var run = Run.Read(done.Folder!);
                run.LoadCheckpoint("final", Checkpoint.StateOf(network));
                return weights.Values.clone();
            }

            Tensor one = End(0), other = End(1);
            double[] errors = context.Once(
                $"line-seed{seed}-fork{fork}-round{round}", () => Line(network, weights, one, other, context.Progress, context.Cancellation));
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

    private Mask MaskOf(WeightVector weights, nn.Module<Tensor, Tensor> network)
    {
        if (options.Ticket is null) return new Mask(weights, options.Scope);
        using var twin = TicketFile.Open(options.Ticket, out var mask);
        using var own = mask;
        if (mask.Kept.shape[0] == weights.Count)
        {
            using var all = new Mask(weights, TicketFile.ScopeOf(mask));
            return all.Where(mask.Kept.to(Target));
        }

        throw new ArgumentException(
            $"{options.Ticket} is a ticket of a network with {mask.Kept.shape[0]} weights; {network.GetName()} has {weights.Count}.");
    }

    /// <summary>Test error along the line. Stored statistics of normalization layers are those of neither end there: they are measured
    /// anew.</summary>
    private double[] Line(
        nn.Module<Tensor, Tensor> network, WeightVector weights, Tensor one, Tensor other, IProgress<WorkProgress>? progress,
        CancellationToken cancellation) =>
    [
        .. Enumerable.Range(0, options.Points).Select(i =>
        {
            double share = (double)i / (options.Points - 1);
            using (no_grad()) weights.Values.copy_(one).mul_(1 - share).add_(other, alpha: share);
            progress?.Report(new WorkProgress("points of the line", i, options.Points));
            StoredStatistics.Measure(network, blueprint.Data, Target);
            return 1 - Evaluator.Evaluate(
                blueprint.Task, network, blueprint.Data.Test, blueprint.Data.Preprocessing, Target, cancellation: cancellation).Primary;
        }),
    ];

    private static double Differing(Mask mask, Tensor one, Tensor other)
    {
        using var scope = NewDisposeScope();
        long differing = mask.Layers.Select(layer => (WeightVector.Window(one, layer) * WeightVector.Window(other, layer)).lt(0)
            .logical_and(WeightVector.Window(mask.Kept, layer)).sum().item<long>()).Sum();
        return mask.Count == 0 ? 0 : (double)differing / mask.Count;
    }
}
