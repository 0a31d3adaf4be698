using Golgi.Foundation;
using Golgi.Instruments.Tickets.Actions;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Numerics.Random;
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
    private readonly LevelTraining training;
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly WeightVector layout;
    private readonly Tensor origin;

    public TicketChain(Blueprint blueprint, TicketOptions options, long seed, string root)
    {
        this.blueprint = blueprint;
        this.options = options;
        this.seed = seed;
        training = new LevelTraining(blueprint, options, root);
        network = blueprint.Build(seed).to(device(options.Recipe.Device));
        layout = new WeightVector(network);
        origin = layout.Values.clone().DetachFromDisposeScope();
    }

    /// <summary>Trains, or reads, all levels: the dense network, then each ticket with its controls.</summary>
    public IReadOnlyList<TicketLevel> Run(ChainProgress? progress, CancellationToken cancellation)
    {
        var levels = new List<TicketLevel>();
        var (dense, denseState, rewind) = Dense(progress, cancellation);
        levels.Add(dense);
        var parent = (Level: dense, State: denseState);
        try
        {
            for (int level = 1; level <= options.Rounds; level++)
            {
                var basis = options.OneShot ? (Level: dense, State: denseState) : parent;
                var (found, state) = Ticket(level, basis.Level, basis.State, rewind, progress, cancellation);
                levels.Add(found);
                if (parent.State != denseState) parent.State.Dispose();
                parent = (found, state);
                foreach (string control in options.Controls) levels.Add(Control(control, level, found, state, rewind, progress, cancellation));
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
    public LevelState TrainedDense(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var (_, state, rewind) = Dense(progress is null ? null : new ChainProgress(progress, 0, 1), cancellation);
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

    private (TicketLevel Level, LevelState State, Tensor Rewind) Dense(ChainProgress? progress, CancellationToken cancellation)
    {
        using var run = training.Open(seed, 0, "dense");
        TicketLevel level;
        using (var all = new Mask(layout, options.Scope))
        using (var nothing = zeros_like(origin))
        {
            level = Finished(run, new LevelPlan("dense", 0, seed, null, origin, nothing, all), progress, cancellation);
        }

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

    private (TicketLevel Level, LevelState State) Ticket(
        int level, TicketLevel parent, LevelState before, Tensor rewind, ChainProgress? progress, CancellationToken cancellation)
    {
        using var run = training.Open(seed, level, "ticket");
        if (!run.Finished)
        {
            using var scope = NewDisposeScope();
            using var mask = Prune(level, before);
            using var fresh = Fresh(level);
            var start = options.MaskOne.Start(
                mask, new StartVectors(origin, rewind, before.Final, fresh), Stream(StartStream, level));
            var pruned = options.MaskZero.Pruned(before.Mask, mask, before.Round, Stream(PrunedStream, level));
            options.MaskZero.Prepare(start, mask, before.Round);
            Finished(run, new LevelPlan("ticket", level, seed, Path.GetFileName(parent.Run), start, pruned, mask), progress, cancellation);
        }
        else
        {
            progress?.Finish();
        }

        return (run.Result<TicketLevel>() with { Run = run.Folder }, LevelState.Load(run, layout, options.Scope));
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

    private TicketLevel Control(
        string control, int level, TicketLevel ticket, LevelState state, Tensor rewind, ChainProgress? progress, CancellationToken cancellation)
    {
        using var run = training.Open(seed, level, control);
        using var scope = NewDisposeScope();
        using var mask = control == "random" ? state.Mask.Shuffle(Stream(RandomStream, level)) : state.Mask.Where(state.Mask.Kept);
        using var fresh = Fresh(level);
        var start = control == "random"
            ? rewind
            : MaskOne.Find("reinit").Start(mask, new StartVectors(origin, rewind, state.Final, fresh), Stream(StartStream, level));
        return Finished(
            run, new LevelPlan(control, level, seed, Path.GetFileName(ticket.Run), start, zeros_like(origin), mask), progress, cancellation);
    }

    private TicketLevel Finished(Run run, LevelPlan plan, ChainProgress? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (progress is not null) progress.Task = $"seed {seed}, {plan.Variant} at level {plan.Level}";
        var level = run.Finished ? run.Result<TicketLevel>() with { Run = run.Folder } : training.Train(run, plan, origin, progress, cancellation);
        progress?.Finish();
        return level;
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
