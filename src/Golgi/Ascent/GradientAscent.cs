using Golgi.Ascent.Canvases;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Steps;
using Golgi.Foundation;
using Golgi.Native;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent;

/// <summary>Gradient ascent on a canvas: pictures that an objective rates ever higher.</summary>
/// <remarks>One step: render, change the view, look, score, differentiate, move, then the operators. Pictures of a
/// batch do not
/// influence each other unless the objective couples them; a picture whose gradient is zero or not finite
/// rests.</remarks>
public sealed class GradientAscent
{
    private const int ReportEvery = 8, ThumbnailSide = 16, RowsAtOnce = 8;
    private const ulong ViewStream = 1UL << 40, NoiseStream = 2UL << 40; // beside the pictures' own streams
    private readonly FrozenSpecimen observer;
    private readonly Canvas canvas;
    private readonly AscentPlan plan;
    private readonly AscentLog log;
    private readonly PhiloxReader random;
    private readonly PhiloxReader[] noise; // one for each picture

    private GradientAscent(FrozenSpecimen observer, Canvas canvas, AscentPlan plan, Philox seed)
    {
        this.observer = observer;
        this.canvas = canvas;
        this.plan = plan;
        log = new AscentLog((int)canvas.Coordinates.shape[0]);
        random = new Philox(seed.Seed, seed.Stream ^ ViewStream).Reader();
        noise = [.. Enumerable.Range(plan.First, (int)canvas.Coordinates.shape[0])
            .Select(n => new Philox(seed.Seed, (seed.Stream ^ NoiseStream) + (ulong)n).Reader())];
    }

    /// <summary>Climbs. The canvas is left as the ascent left it.</summary>
    /// <param name="observer">The network; must read the layers of every objective. Borrowed.</param>
    /// <param name="canvas">What is varied. Borrowed.</param>
    /// <param name="plan">What is done.</param>
    /// <param name="seed">The draws of views and noise.</param>
    /// <returns>What happened to each picture.</returns>
    /// <exception cref="ArgumentException">The plan does not fit the canvas.</exception>
    public static IReadOnlyList<AscentTrace> Run(
        FrozenSpecimen observer,
        Canvas canvas,
        AscentPlan plan,
        Philox seed,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(seed);
        if (canvas is not RawCanvas && plan.Phases.Any(phase => phase.Operators.Count > 0 || phase.Enlarge != 1))
        {
            throw new ArgumentException(
                "Operators on pixels and growing canvases need plain pixels; the canvas has other coordinates. Use the pixel canvas.",
                nameof(plan));
        }

        LargeBlocks.KeepWhenFreed();
        var ascent = new GradientAscent(observer, canvas, plan, seed);
        ascent.Climb(progress, cancellation);
        return ascent.log.Traces();
    }

    private void Climb(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        int total = plan.Phases.Sum(phase => phase.Steps), done = 0;
        foreach (var phase in plan.Phases)
        {
            (canvas as RawCanvas)?.Enlarge(phase.Enlarge);
            using var stepper = phase.Rule.Begin();
            for (int i = 0; i < phase.Steps && !log.AllRest; i++, done++)
            {
                cancellation.ThrowIfCancellationRequested();
                Place(phase);
                Step(phase, stepper, i);
                (canvas as RawCanvas)?.Commit();
                if (done % ReportEvery != 0) continue;
                progress?.Report(new WorkProgress("climbing", done, total, $"objective {log.MeanScore:0.00}", Small));
            }
        }

        if (canvas is RawCanvas raw) raw.Focus(0, 0, raw.Size.Height, raw.Size.Width);
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

    /// <summary>Puts the window somewhere near the canvas's center.</summary>
    private void Place(AscentPhase phase)
    {
        if (canvas is not RawCanvas raw || plan.Window is not { } window || raw.Size == window) return;
        var (height, width) = raw.Size;
        raw.Focus(
            Offset(height, window.Height), Offset(width, window.Width), Math.Min(window.Height, height), Math.Min(window.Width, width));

        long Offset(long whole, long part)
        {
            double room = Math.Max(0, whole - part);
            return (long)Math.Clamp(Math.Floor((room / 2) + (room * phase.Spread * random.NextNormal())), 0, room);
        }
    }

    private void Step(AscentPhase phase, StepRule.Stepper stepper, int index)
    {
        using var scope = NewDisposeScope();
        double fraction = phase.Steps > 1 ? (double)index / (phase.Steps - 1) : 1;
        var pictures = canvas.Render();
        var seen = phase.Transform.Apply(pictures, random, fraction);
        var objective = phase.Objective ?? plan.Objective;
        var (score, gradient, prior) = phase.Rule is LangevinStep ? Terms(objective, pictures, seen) : Slope(objective, pictures, seen);

        using var _ = no_grad();
        bool[] moves = log.Note(score, gradient);
        if (phase.Margin > 0) gradient = Centered(gradient, phase.Margin);
        if (phase.Rule is LangevinStep langevin) gradient = Joined(langevin, gradient, prior);
        bool all = moves.All(move => move);
        if (!all && !moves.Any(move => move)) return;

        var mask = all ? null : tensor(moves).view([moves.Length, .. Enumerable.Repeat(1L, (int)gradient.dim() - 1)]);
        var before = mask is null ? null : canvas.Coordinates.clone();
        if (mask is not null) gradient = where(mask, gradient, zeros_like(gradient));
        stepper.Move(canvas.Coordinates, gradient, fraction);
        if (canvas is RawCanvas raw && phase.Operators.Count > 0)
        {
            var step = new OperatorStep(index, phase.Steps, gradient, raw.Mean);
            var x = phase.Operators.Aggregate(canvas.Coordinates, (pixels, change) => change.Apply(pixels, step));
            canvas.Coordinates.copy_(x);
        }

        if (mask is not null) canvas.Coordinates.copy_(where(mask, canvas.Coordinates, before!));
    }

    /// <summary>The scores and their gradient. Many views are looked at few at a time: together they would leave the caches, and the
    /// memory would grow with their number.</summary>
    private (Tensor Score, Tensor Gradient, Tensor? Prior) Slope(Objective objective, Tensor pictures, Tensor seen)
    {
        long count = pictures.shape[0], views = seen.shape[0] / count, each = Math.Max(1, RowsAtOnce / count);
        if (views <= each)
        {
            var whole = objective.Score(observer.Look(seen, pictures));
            return (whole, autograd.grad([whole.sum()], [canvas.Coordinates])[0], null);
        }

        var leaf = pictures.detach().requires_grad_();
        var parts = new List<(Tensor Score, Tensor Gradient)>();
        for (long first = 0; first < views; first += each)
        {
            using var scope = NewDisposeScope();
            long part = Math.Min(each, views - first);
            var some = seen.narrow(0, first * count, part * count).detach().requires_grad_();
            var score = objective.Score(observer.Look(some, leaf)) * ((double)part / views);
            score.sum().backward();
            parts.Add((score.detach().MoveToOuterDisposeScope(), some.grad!.MoveToOuterDisposeScope()));
        }

        var throughViews = cat([.. parts.Select(part => part.Gradient)]);
        var gradient = leaf.grad is { } direct // of objectives that look at the pictures themselves
            ? autograd.grad([seen, pictures], [canvas.Coordinates], [throughViews, direct])[0]
            : autograd.grad([seen], [canvas.Coordinates], [throughViews])[0];
        return (stack([.. parts.Select(part => part.Score)]).sum([0L]), gradient, null);
    }

    /// <summary>The scores, their gradient and the prior's.</summary>
    private (Tensor Score, Tensor Gradient, Tensor? Prior) Terms(Objective objective, Tensor pictures, Tensor seen)
    {
        var reading = observer.Look(seen, pictures);
        var score = objective.Score(reading);
        var gradient = autograd.grad([score.sum()], [canvas.Coordinates], retain_graph: plan.Prior is not null)[0];
        return (score, gradient, plan.Prior is { } prior ? autograd.grad([prior.Score(reading).sum()], [canvas.Coordinates])[0] : null);
    }

    private static Tensor Centered(Tensor gradient, double margin)
    {
        long height = gradient.shape[2], width = gradient.shape[3], rows = (long)(height * margin), columns = (long)(width * margin);
        var mask = zeros(height, width, dtype: gradient.dtype);
        mask.narrow(0, rows, height - (2 * rows)).narrow(1, columns, width - (2 * columns)).fill_(1);
        return gradient * mask;
    }

    /// <summary>ε₁ ∂log p(x) + ε₂ ∂log p(y|x) + N(0, ε₃²).</summary>
    private Tensor Joined(LangevinStep step, Tensor condition, Tensor? prior)
    {
        var first = (prior is null ? zeros_like(condition) : Scaled(prior, step.Scale)) * step.PriorFactor;
        var second = Scaled(condition, step.Scale) * step.ConditionFactor;
        var third = (step.NoiseDeviation > 0 ? Noise(condition.shape) : zeros(condition.shape)).to(condition.dtype)
            * step.NoiseDeviation;
        log.NoteTerms(first, second, third);
        return first + second + third;
    }

    private Tensor Noise(long[] shape)
    {
        float[] drawn = new float[shape.Aggregate(1L, (a, b) => a * b)];
        int each = drawn.Length / noise.Length;
        for (int n = 0; n < noise.Length; n++)
        {
            var step = new Philox(((ulong)noise[n].NextBits() << 32) | noise[n].NextBits());
            step.FillNormal(drawn.AsSpan(n * each, each));
        }

        return tensor(drawn, shape);
    }

    private static Tensor Scaled(Tensor term, TermScale scale)
    {
        if (scale == TermScale.Raw) return term;
        var size = term.abs().flatten(1).mean([1]).clamp_min(float.Epsilon);
        return term / size.view([-1, .. Enumerable.Repeat(1L, (int)term.dim() - 1)]);
    }
}
