using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Networks;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Synthesis;

/// <summary>The center-biased schedule of Nguyen et al. 2016 in plain steps: its table, and its order within an
/// iteration.</summary>
public sealed class MfvPresetTests
{
    private const int Side = 12;
    private const ulong Seed = 4;

    /// <summary>Objective is the class's probability, scale, share of steps, rates, spread of the window, margin,
    /// weights.</summary>
    private sealed record Octave(
        bool Probability, double Scale, int Steps, double Rate, double LastRate, double Spread, double Margin, double Weight, double LastWeight);

    private static readonly Octave[] Centered =
    [
        new(true, 1, 190, 11, 11, 0.3, 0, 0.001, 0.05),
        new(true, 1.2, 150, 6, 6, 0.3, 0, 0.01, 0.08),
        new(false, 1.2, 150, 1, 1, 0.3, 0, 0.01, 2),
        new(false, 1, 30, 3, 3, 0.1, 50, 0.1, 2),
        new(false, 1, 10, 6, 3, 0.3, 0, 0.01, 2),
    ];

    private static readonly Octave[] FromMean =
    [
        new(false, 1, 190, 1, 2, 0.3, 0, 0.4, 0.4),
        new(false, 1.2, 150, 1, 1, 0.3, 0, 0.01, 2),
        new(false, 1.2, 20, 2, 2, 0.2, 50, 0.1, 2),
        new(false, 1, 10, 2, 2, 0.3, 0, 0.4, 2),
    ];

    [Theory]
    [InlineData("nguyen2016-mfv")]
    [InlineData("nguyen2016-mfv-mean")]
    public void The_schedule_is_followed_step_by_step(string name)
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small(channels: 2, height: Side, width: Side, loud: true);
        var octaves = name == "nguyen2016-mfv" ? Centered : FromMean;
        var preset = PresetCatalog.Find(name, Side).WithSteps(octaves.Length * 4);
        var start = (OperatorTests.Noise(1, 2, Side, Side) / 5) + 175;
        using var canvas = new RawCanvas(new CanvasShape(1, 2, Side, Side), [127.5]);
        canvas.Paint(start);
        var logits = LogitSource.Find(specimen);
        using var frozen = new FrozenSpecimen(specimen, logits.Layers);
        var phases = preset.Phases.Select(phase => phase.Phase with
        {
            Objective = new ClassObjective(logits, [1], phase.Scale ?? ClassScale.Logit),
        });
        var plan = new AscentPlan(new ClassObjective(logits, [1]), [.. phases]) { Window = (Side, Side) };
        GradientAscent.Run(frozen, canvas, plan, new Philox(Seed));

        var expected = InPlainSteps(specimen, start, octaves, [.. preset.Phases.Select(phase => phase.Phase.Steps)]);
        Near.Equal(expected, canvas.RenderWhole(), 1e-3);
    }

    private static Tensor InPlainSteps(Specimen specimen, Tensor start, Octave[] octaves, int[] steps)
    {
        var random = new Philox(Seed, 1UL << 40).Reader();                   // the stream of views
        var x = start.clone();
        double scale = 1;
        for (int k = 0; k < octaves.Length; k++)
        {
            var octave = octaves[k];
            scale *= octave.Scale;
            long side = (long)Math.Round(Side * scale);
            if (side != x.shape[2])
            {
                x = nn.functional.interpolate(x - 127.5, [side, side], mode: InterpolationMode.Bicubic, align_corners: false) + 127.5;
            }

            for (int i = 0; i < steps[k]; i++)
            {
                double room = side - Side;
                long top = room == 0 ? 0 : Offset(), left = room == 0 ? 0 : Offset();
                var window = x.narrow(2, top, Side).narrow(3, left, Side).clone().requires_grad_(true);
                var outputs = specimen.Network.call((window - 127.5) / 10);
                var g = autograd.grad([(octave.Probability ? outputs.softmax(1) : outputs).select(1, 1).sum()], [window])[0];
                int margin = (int)(Side * octave.Margin / 227);
                for (int row = 0; row < Side; row++)
                {
                    for (int column = 0; column < Side; column++)
                    {
                        if (Math.Min(Math.Min(row, column), Side - 1 - Math.Max(row, column)) < margin) g.select(3, column).select(2, row).zero_();
                    }
                }

                double share = steps[k] > 1 ? (double)i / (steps[k] - 1) : 1;
                double rate = octave.Rate + ((octave.LastRate - octave.Rate) * share);
                double weight = octave.Weight + ((octave.LastWeight - octave.Weight) * share);
                var stepped = (window.detach() + (rate * g / g.abs().mean())).clamp(0, 255);
                int iterations = Math.Max(1, (int)Math.Round(100 * Math.Pow(Side / 227.0, 2)));
                x.narrow(2, top, Side).narrow(3, left, Side).copy_(
                    SplitBregman.Denoise(stepped - 127.5, weight, TotalVariationKind.Isotropic, iterations) + 127.5);

                long Offset() => (long)Math.Clamp(Math.Floor((room / 2) + (room * octave.Spread * random.NextNormal())), 0, room);
            }
        }

        return x;
    }
}
