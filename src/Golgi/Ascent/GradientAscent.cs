using Golgi.Ascent.Canvases;
using Golgi.Ascent.Drifts;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Steps;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent;

/// <summary>Gradient ascent on a canvas: pictures that an objective rates ever higher.</summary>
/// <remarks>One step: render, change the view, look, score, differentiate, add up the drifts, move; the canvas then brings its coordinates to
/// where they may be. Pictures of a batch do not influence each other unless the objective couples them; a picture whose gradient is zero or
/// not finite rests.</remarks>
public sealed class GradientAscent
{
    private const int ReportEvery = 8, ThumbnailSide = 16, RowsAtOnce = 8;
    private const ulong ViewStream = 1UL << 40, NoiseStream = 2UL << 40; // beside the pictures' own streams
    private readonly FrozenSpecimen frozen;
    private readonly Canvas canvas;
    private readonly AscentPlan plan;
    private readonly AscentLog log;
    private readonly PhiloxReader random;
    private readonly PhiloxReader[] noise; // one for each picture

    private GradientAscent(FrozenSpecimen frozen, Canvas canvas, AscentPlan plan, Philox seed)
    {
        this.frozen = frozen;
        this.canvas = canvas;
        this.plan = plan;
        log = new AscentLog((int)canvas.Coordinates.shape[0]);
        random = new Philox(seed.Seed, seed.Stream ^ ViewStream).Reader();
        noise = [.. Enumerable.Range(plan.First, (int)canvas.Coordinates.shape[0])
            .Select(n => new Philox(seed.Seed, (seed.Stream ^ NoiseStream) + (ulong)n).Reader())];
    }

    /// <summary>Climbs. The canvas is left as the ascent left it.</summary>
    /// <param name="frozen">The network; must read the layers of every objective. Borrowed.</param>
    /// <param name="canvas">What is varied. Borrowed.</param>
    /// <param name="plan">What is done.</param>
    /// <param name="seed">The draws of views and noise.</param>
    /// <returns>What happened to each picture.</returns>
    /// <exception cref="ArgumentException">The plan does not fit the canvas.</exception>
    public static IReadOnlyList<AscentTrace> Run(
        FrozenSpecimen frozen,
        Canvas canvas,
        AscentPlan plan,
        Philox seed,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frozen);
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(seed);
        foreach (var phase in plan.Phases) canvas.Accept(phase);
        var ascent = new GradientAscent(frozen, canvas, plan, seed);
        ascent.Climb(progress, cancellation);
        return ascent.log.Traces();
    }

    private void Climb(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        int total = plan.Phases.Sum(phase => phase.Steps), done = 0;
        foreach (var phase in plan.Phases)
        {
            canvas.BeginPhase(phase);
            using var stepper = phase.Rule.Begin();
            for (int i = 0; i < phase.Steps && !log.AllRest; i++, done++)
            {
                cancellation.ThrowIfCancellationRequested();
                canvas.BeginStep(phase, plan.Window, random);
                Step(phase, stepper, i);
                if (done % ReportEvery != 0) continue;
                progress?.Report(new WorkProgress("climbing", done, total, $"objective {log.MeanScore:0.00}", Small));
            }
        }

        canvas.End();
    }

    /// <summary>The first picture, as it is now.</summary>
    private Thumbnail Small()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var raw = canvas.Render().narrow(0, 0, 1).clamp(0, PictureUnits.White);
        double scale = ThumbnailSide / (double)Math.Max(raw.shape[2], raw.shape[3]);
        long height = Math.Max(1, (long)(raw.shape[2] * scale)), width = Math.Max(1, (long)(raw.shape[3] * scale));
        var small = nn.functional.interpolate(raw, [height, width], mode: InterpolationMode.Area)[0].to(ScalarType.Byte);
        var colors = small.shape[0] == 3 ? small : small.narrow(0, 0, 1).expand(3, -1, -1);
        return new Thumbnail((int)width, (int)height, [.. colors.permute(1, 2, 0).contiguous().cpu().data<byte>()]);
    }

    private void Step(AscentPhase phase, Stepper stepper, int index)
    {
        using var scope = NewDisposeScope();
        double fraction = phase.Steps > 1 ? (double)index / (phase.Steps - 1) : 1;
        var pictures = canvas.Render();
        var seen = phase.Transform.Apply(pictures, random, fraction);
        var objective = phase.Objective ?? plan.Objective;
        var (score, gradient, pass) = phase.Drifts.Count == 0 ? Slope(objective, pictures, seen) : Whole(objective, pictures, seen);

        using var _ = no_grad();
        bool[] moves = log.Note(score, gradient);
        var update = canvas.Bounded(phase, gradient);
        if (pass is not null) update = Sum(phase.Drifts, new DriftStep(pass, update, plan.Prior, noise, fraction));
        bool all = moves.All(move => move);
        if (!all && !moves.Any(move => move)) return;

        var mask = all ? null : tensor(moves).view([moves.Length, .. Enumerable.Repeat(1L, (int)update.dim() - 1)]);
        var before = mask is null ? null : canvas.Coordinates.clone();
        if (mask is not null) update = where(mask, update, zeros_like(update));
        stepper.Move(canvas.Coordinates, update, fraction);
        canvas.EndStep(phase, index, update);
        if (mask is not null) canvas.Coordinates.copy_(where(mask, canvas.Coordinates, before!));
    }

    /// <summary>The scores and their gradient. Many views are looked at few at a time: together they would leave the caches, and the
    /// memory would grow with their number.</summary>
    private (Tensor Score, Tensor Gradient, ForwardPass? Pass) Slope(Objective objective, Tensor pictures, Tensor seen)
    {
        long count = pictures.shape[0], views = seen.shape[0] / count, each = Math.Max(1, RowsAtOnce / count);
        if (views <= each)
        {
            var whole = objective.Score(Look(seen, pictures, canvas.Coordinates));
            return (whole, autograd.grad([whole.sum()], [canvas.Coordinates])[0], null);
        }

        Tensor leaf = pictures.detach().requires_grad_(), coordinates = canvas.Coordinates.detach().requires_grad_();
        var parts = new List<(Tensor Score, Tensor Gradient)>();
        for (long first = 0; first < views; first += each)
        {
            using var scope = NewDisposeScope();
            long part = Math.Min(each, views - first);
            var some = seen.narrow(0, first * count, part * count).detach().requires_grad_();
            var score = objective.Score(Look(some, leaf, coordinates)) * ((double)part / views);
            score.sum().backward();
            parts.Add((score.detach().MoveToOuterDisposeScope(), some.grad!.MoveToOuterDisposeScope()));
        }

        var throughViews = cat([.. parts.Select(part => part.Gradient)]);
        var gradient = leaf.grad is { } direct // of objectives that look at the pictures themselves
            ? autograd.grad([seen, pictures], [canvas.Coordinates], [throughViews, direct])[0]
            : autograd.grad([seen], [canvas.Coordinates], [throughViews])[0];
        if (coordinates.grad is { } own) gradient = gradient + own; // of those that look at what pictures are made of
        return (stack([.. parts.Select(part => part.Score)]).sum([0L]), gradient, null);
    }

    /// <summary>The scores and their gradient, all views at once, and the pass, of which drifts may ask for more.</summary>
    private (Tensor Score, Tensor Gradient, ForwardPass? Pass) Whole(Objective objective, Tensor pictures, Tensor seen)
    {
        var pass = Look(seen, pictures, canvas.Coordinates);
        var score = objective.Score(pass);
        return (score, autograd.grad([score.sum()], [canvas.Coordinates], retain_graph: true)[0], pass);
    }

    private ForwardPass Look(Tensor seen, Tensor pictures, Tensor coordinates) => frozen.Look(seen, pictures, coordinates, plan.Networks);

    /// <summary>Σ ε · drift; a drift of weight 0 is not asked.</summary>
    private Tensor Sum(IReadOnlyList<(double Weight, Drift Drift)> drifts, DriftStep step)
    {
        Tensor?[] parts = [.. drifts.Select(entry => entry.Weight == 0 ? null : entry.Drift.At(step) * entry.Weight)];
        log.NoteTerms(drifts, parts);
        return parts.OfType<Tensor>().Aggregate((Tensor?)null, (sum, part) => sum is null ? part : sum + part) ?? zeros_like(step.Gradient);
    }
}
