using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Foundation;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Networks;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>Pictures that a layer cannot tell from given ones: what the layer keeps of a picture, and what it
/// forgets.</summary>
/// <remarks>Mahendran and Vedaldi 2015: x* = argmin |Φ(x) − Φ(x₀)|² / |Φ(x₀)|² + priors.</remarks>
public static class Inversion
{
    // balances a relative error of 1 with priors that are 1 where they begin to matter
    private const double MatchWeight = 300;

    /// <summary>Inverts a layer's code of pictures.</summary>
    /// <param name="specimen">The network; borrowed, left as it was.</param>
    /// <param name="layer">A dotted name.</param>
    /// <param name="pictures">Raw pixels (0 to 255), [N, C, H, W], in the network's own size.</param>
    /// <param name="options">How; its preset should work on plain pixels. Default: mahendran2015.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such layer, or the pictures do not fit.</exception>
    public static InversionResult Run(
        Specimen specimen,
        string layer,
        Tensor pictures,
        VisualizationOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        Check.Known(layer, specimen.LayerNames, "layer");
        options ??= new VisualizationOptions { Preset = "mahendran2015" };
        using var scope = NewDisposeScope();
        var shape = specimen.InputShape;
        var given = Check.Shape(pictures, $"[N, {shape[0]}, {shape[1]}, {shape[2]}]").detach().to(ScalarType.Float32);
        using var frozen = new FrozenSpecimen(specimen, [layer]);
        Tensor code;
        using (no_grad())
        {
            code = frozen.Look(given)[layer].clone();
        }

        using var match = new CodeObjective(layer, code);
        var preset = PresetCatalog.Find(options.Preset, Math.Min(shape[1], shape[2]));
        if (options.Priors is { } priors) preset = priors.ApplyTo(preset);
        if (options.Steps is { } steps) preset = preset.WithSteps(steps);
        if (!preset.Canvas.Complete || preset.NeedsImages)
        {
            throw new ArgumentException(
                $"{preset.Name} cannot invert codes; use mahendran2015, olah2017 or another preset without patches and phases.");
        }

        var size = new CanvasShape(given.shape[0], shape[0], shape[1], shape[2]);
        var noise = new Philox((ulong)options.Seed, 1);
        using var canvas = preset.Canvas.Make(new CanvasRequest(size, noise)
        {
            Mean = MeanLevel.Of(specimen.Preprocessing, shape[0]),
            Start = new PictureStart(Math.Max(1, preset.Start.Deviation)) { Clamped = false },
        });
        double[] before = Errors(frozen, match, canvas);
        var objective = preset.Energies.Aggregate(
            MatchWeight * (Objective)match, (sum, energy) => sum - (energy.Weight * energy.Energy(null)));
        var plan = new AscentPlan(objective, [.. preset.Phases.Select(phase => phase.Phase)])
        {
            Window = preset.Windowed ? (shape[1], shape[2]) : null,
        };
        GradientAscent.Run(frozen, canvas, plan, noise, progress, cancellation);
        using var _ = no_grad();
        double[] after = Errors(frozen, match, canvas);
        return new InversionResult(
            PictureUnits.Unit(canvas.Render().detach().clamp(0, PictureUnits.White)).MoveToOuterDisposeScope(), before,
            after);
    }

    private static double[] Errors(FrozenSpecimen frozen, CodeObjective match, Canvas canvas)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return [.. (-match.Score(frozen.Look(canvas.Render().clamp(0, PictureUnits.White)))).to(ScalarType.Float64).data<double>()];
    }
}
