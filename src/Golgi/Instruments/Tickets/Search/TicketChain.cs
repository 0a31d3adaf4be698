using Golgi.Instruments.Tickets.Actions;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Numerics.Random;
using Golgi.Jobs;
using Golgi.Runs;
using Golgi.Weights.Masks;
using Golgi.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>All levels of one replicate.</summary>
internal sealed class TicketChain : IDisposable
{
    private const ulong CriterionStream = 1UL << 48, StartStream = 2UL << 48, PrunedStream = 3UL << 48, RandomStream = 4UL << 48;
    private readonly Blueprint blueprint;
    private readonly TicketOptions options;
    private readonly long seed;
    private readonly JobContext context;
    private readonly ChainProgress? progress;
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly WeightVector layout;
    private readonly Tensor origin;

    /// <summary>Makes the network.</summary>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="options">How tickets are looked for.</param>
    /// <param name="seed">The replicate's seed.</param>
    /// <param name="context">Of the job that the levels are parts of.</param>
    /// <param name="trainings">How many levels will be asked for.</param>
    public TicketChain(Blueprint blueprint, TicketOptions options, long seed, JobContext context, int trainings)
    {
        this.blueprint = blueprint;
        this.options = options;
        this.seed = seed;
        this.context = context;
        progress = context.Progress is { } whole ? new ChainProgress(whole, trainings) : null;
        network = blueprint.Build(seed).to(device(options.Recipe.Device));
        layout = new WeightVector(network);
        origin = layout.Values.clone().DetachFromDisposeScope();
    }

    /// <summary>Trains, or reads, all levels: the dense network, then each ticket with its controls.</summary>
    public IReadOnlyList<TicketLevel> Run()
    {
        var levels = new List<TicketLevel>();
        var (dense, denseState, rewind) = Dense();
        levels.Add(dense);
        var parent = (Level: dense, State: denseState);
        try
        {
            for (int level = 1; level <= options.Rounds; level++)
            {
                var basis = options.OneShot ? (Level: dense, State: denseState) : parent;
                var (found, state) = Ticket(level, basis.Level, basis.State, rewind);
                levels.Add(found);
                if (parent.State != denseState) parent.State.Dispose();
                parent = (found, state);
                foreach (string control in options.Controls) levels.Add(Control(control, level, found, state, rewind));
            }
        }
        finally
        {
            if (parent.State != denseState) parent.State.Dispose();
            denseState.Dispose();
            rewind.Dispose();
        }

        return levels;
    }

    /// <summary>Trains, or reads, the dense network alone.</summary>
    /// <returns>The caller owns it.</returns>
    public LevelState TrainedDense()
    {
        var (_, state, rewind) = Dense();
        rewind.Dispose();
        return state;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        origin.Dispose();
        layout.Dispose();
        network.Dispose();
    }

    private (TicketLevel Level, LevelState State, Tensor Rewind) Dense()
    {
        using var run = Train(
            0, "dense", () => new LevelPlan(null, origin.clone(), zeros_like(origin), new Mask(layout, options.Scope)), out var level);
        return (level, LevelState.Load(run, layout, options.Scope), RewindPoint(run));
    }

    /// <summary>The weights of the step that is rewound to.</summary>
    private Tensor RewindPoint(Run run)
    {
        if (options.RewindStep == 0) return origin.clone().DetachFromDisposeScope();
        run.LoadCheckpoint(Golgi.Training.Trainer.SnapshotName(options.RewindStep), Checkpoint.StateOf(network));
        using var _ = no_grad();
        var point = layout.Values.clone().DetachFromDisposeScope();
        layout.Values.copy_(origin);
        return point;
    }

    private (TicketLevel Level, LevelState State) Ticket(int level, TicketLevel parent, LevelState before, Tensor rewind)
    {
        using var run = Train(level, "ticket", Plan, out var found);
        return (found, LevelState.Load(run, layout, options.Scope));

        LevelPlan Plan()
        {
            var mask = Prune(level, before);
            using var fresh = Fresh(level);
            var start = options.MaskOne.Start(
                mask, new StartVectors(origin, rewind, before.Final, fresh), Stream(StartStream, level));
            var pruned = options.MaskZero.Pruned(before.Mask, mask, before.Round, Stream(PrunedStream, level));
            options.MaskZero.Prepare(start, mask, before.Round);
            return new LevelPlan(parent.Run, start, pruned, mask);
        }
    }

    private Mask Prune(int level, LevelState before)
    {
        var rates = options.OneShot ? options.Rates.Rounds(level) : options.Rates;
        using var saliency = options.Criterion.Evidence == Evidence.Gradient
            ? Saliency.Of(options.Criterion.Name, blueprint, seed, before.Start, before.Mask, rates)
            : null;
        return Pruning.Prune(
            before.Mask, options.Criterion, rates, before.Start, before.Final, saliency, Stream(CriterionStream, level));
    }

    private TicketLevel Control(string control, int level, TicketLevel ticket, LevelState state, Tensor rewind)
    {
        Train(level, control, Plan, out var found).Dispose();
        return found;

        LevelPlan Plan()
        {
            var mask = control == "random" ? state.Mask.Shuffle(Stream(RandomStream, level)) : state.Mask.Where(state.Mask.Kept);
            using var fresh = Fresh(level);
            var start = control == "random"
                ? rewind.clone()
                : MaskOne.Find("reinit").Start(mask, new StartVectors(origin, rewind, state.Final, fresh), Stream(StartStream, level));
            return new LevelPlan(ticket.Run, start, zeros_like(origin), mask);
        }
    }

    /// <summary>Trains a level, or reads it where it is finished.</summary>
    /// <returns>Its run, for reading; the caller owns it.</returns>
    private Run Train(int level, string variant, Func<LevelPlan> plan, out TicketLevel found)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        if (progress is not null) progress.Task = $"seed {seed}, {variant} at level {level}";
        var job = new LevelJob(blueprint, options, new LevelPlace(seed, level, variant), origin, plan);
        var done = context.Workspace.RunAll([job], progress, context.Cancellation)[0];
        progress?.Finish();
        found = done.Result;
        return Golgi.Runs.Run.Read(done.Folder!);
    }

    private Tensor Fresh(int level)
    {
        var reader = new Philox((ulong)seed, (5UL << 48) + (ulong)level).Reader();
        long other = ((long)reader.NextBits() << 20) + reader.NextBits();
        using var twin = blueprint.Build(other).to(device(options.Recipe.Device));
        using var weights = new WeightVector(twin);
        return weights.Values.clone().DetachFromDisposeScope();
    }

    private Philox Stream(ulong kind, int level) => new((ulong)seed, kind + (ulong)level);
}
