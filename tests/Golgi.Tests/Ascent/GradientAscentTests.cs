using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Drifts;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Steps;
using Golgi.Ascent.Transforms;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Numerics.Random;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Ascent;

public sealed class GradientAscentTests
{
    /// <summary>Yosinski et al. 2015, the iteration as its order of operations is written down, in plain
    /// steps.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Yosinskis_presets_follow_the_order_of_operations(int row)
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small(channels: 2, height: 10, width: 10);
        const int steps = 9;
        var preset = PresetCatalog.Find($"yosinski2015-{row}", 10);
        var phase = preset.Phases[0].Phase with { Steps = steps };
        var start = (OperatorTests.Noise(1, 2, 10, 10) / 4) + 127.5;
        using var canvas = new RawCanvas(new CanvasShape(1, 2, 10, 10), [127.5]);
        canvas.Paint(start);
        var objective = new UnitObjective("fc", 1);
        using var frozen = new FrozenSpecimen(specimen, objective.Layers);
        GradientAscent.Run(frozen, canvas, new AscentPlan(objective, [phase]), new Philox(1));

        (double decay, double blur, double norm, double contribution) = row switch
        {
            1 => (0.0, 0.5, 50.0, 0.0),
            2 => (0.3, 0.0, 20.0, 0.0),
            3 => (1e-4, 1.0, 0.0, 0.0),
            _ => (0.0, 0.5, 0.0, 90.0),
        };
        var x = start - 127.5;
        for (int i = 0; i < steps; i++)
        {
            x = (x + 127.5).clamp(0, 255) - 127.5;                           // (0)
            var leaf = x.detach().requires_grad_(true);
            var g = autograd.grad([specimen.Network.call((leaf + 127.5) / 255).select(1, 1).sum()], [leaf])[0]; // (1) to (3)
            double rate = row switch
            {
                1 => Math.Min(100, 2 / g.square().sum().item<float>()),
                4 => Math.Min(1e8, 2 / g.square().sum().item<float>()),
                _ => 100
            };
            x = (x + (rate * g)).detach();                                   // (5)
            x = x * (1 - decay);                                             // (6)
            if (blur > 0 && i % 4 == 0) x = Gaussian.Blur(x, blur);          // (7)
            if (norm > 0) x = Kept(x, x.square().sum(1, keepdim: true).sqrt(), norm);               // (9)
            if (contribution > 0) x = Kept(x, (x * g).sum(1, keepdim: true).abs(), contribution);   // (11)
        }

        Near.Equal((x + 127.5).clamp(0, 255), canvas.Render(), 1e-4);

        static Tensor Kept(Tensor x, Tensor measure, double percentile)
        {
            double limit = quantile(measure.flatten(), tensor((float)(percentile / 100)), 0, keepdim: false).item<float>();
            return x * measure.ge(limit).to(ScalarType.Float32);
        }
    }

    [Theory]
    [InlineData(1, 21, false)]
    [InlineData(1, 21, true)]
    [InlineData(3, 5, true)]
    [InlineData(9, 2, true)]
    public void Many_views_looked_at_few_at_a_time_give_the_gradient_of_all(int count, int views, bool regularized)
    {
        using var scope = NewDisposeScope();
        const double Rate = 1e5; // moves pixels by some gray levels
        using var specimen = SeeingNetworks.Small(3, loud: true);
        var start = (OperatorTests.Noise(count, 3, 12, 12) / 4) + 127.5;
        using var canvas = new RawCanvas(new CanvasShape(count, 3, 12, 12), [127.5]);
        canvas.Paint(start);
        Objective objective = new UnitObjective("conv2", [0, 1, 2]) + (0.5 * new DiversityObjective("act1"));
        if (regularized) objective -= 0.01 * new TotalVariation();
        var crops = new RandomCrops(views, 0.5, 0.5);
        using var frozen = new FrozenSpecimen(specimen, objective.Layers);
        var phase = new AscentPhase { Steps = 1, Rule = new ConstantStep(Rate), Transform = crops };
        var traces = GradientAscent.Run(frozen, canvas, new AscentPlan(objective, [phase]), new Philox(1));

        var leaf = start.detach().requires_grad_(true);
        var random = new Philox(1, 1UL << 40).Reader(); // the views' stream
        var scores = objective.Score(frozen.Look(crops.Apply(leaf, random), leaf));
        var expected = start + (Rate * autograd.grad([scores.sum()], [leaf])[0]);
        Assert.True((expected - start).abs().max().item<float>() > 1);
        Near.Equal(expected - 127.5, canvas.Coordinates, 1e-5);
        Near.Equal(scores, tensor(traces.Select(trace => (float)trace.Scores[0]).ToArray()), 1e-5);
    }

    [Fact]
    public void A_window_with_a_margin_moves_its_center_only()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small();
        using var canvas = new RawCanvas(new CanvasShape(1, 1, 20, 20), [127.5]);
        var objective = new UnitObjective("conv1", 2);
        using var frozen = new FrozenSpecimen(specimen, objective.Layers);
        var phase = new AscentPhase { Steps = 1, Rule = new NormalizedStep(1), Margin = 0.25, Spread = 0 };
        GradientAscent.Run(frozen, canvas, new AscentPlan(objective, [phase]) { Window = (12, 12) }, new Philox(1));
        var changed = canvas.RenderWhole()[0, 0].ne(127.5).nonzero();
        Assert.Equal(7, changed.min().item<long>());   // the window begins at 4, its margin is 3
        Assert.Equal(12, changed.max().item<long>());
    }

    [Fact]
    public void Normalized_steps_move_a_pixel_by_the_rate_on_average()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 1, 4, 4);
        var g = OperatorTests.Noise(2, 1, 4, 4);
        using var stepper = new NormalizedStep(3, 1).Begin();
        stepper.Move(x, g, 0.5);
        Near.Equal(full([2], 2.0), x.abs().mean([1, 2, 3]), 1e-5);
    }

    [Fact]
    public void Adam_is_the_textbooks()
    {
        using var scope = NewDisposeScope();
        var x = zeros(1, 1, 1, 2);
        using var stepper = new AdamStep(0.1).Begin();
        double[] m = new double[2], v = new double[2], expected = new double[2];
        for (int step = 1; step <= 5; step++)
        {
            double[] g = [step - 2.5, 0.1 * step];
            stepper.Move(x, tensor(g, [1, 1, 1, 2], ScalarType.Float32), 0);
            for (int i = 0; i < 2; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * g[i]);
                v[i] = (0.999 * v[i]) + (0.001 * g[i] * g[i]);
                expected[i] += 0.1 * (m[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
        }

        Near.Equal(tensor(expected), x.flatten(), 1e-5);
    }

    [Fact]
    public void Without_prior_and_condition_the_probabilistic_form_is_a_random_walk()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small(height: 32, width: 32);
        using var canvas = new RawCanvas(new CanvasShape(1, 1, 32, 32), [127.5]);
        var objective = new UnitObjective("fc", 0);
        using var frozen = new FrozenSpecimen(specimen, objective.Layers);
        var phase = new AscentPhase { Steps = 25, Rule = new ConstantStep(1), Drifts = Langevin.Drifts(0, 0, 2) };
        var traces = GradientAscent.Run(frozen, canvas, new AscentPlan(objective, [phase]) { Prior = -new AlphaNorm(2) }, new Philox(3));
        Assert.InRange(canvas.Coordinates.square().mean().item<float>(), 85, 115); // t · ε₃² = 100; five standard errors of 1,024 values are 22
        Assert.Equal(25, traces[0].Terms.Count);
        Assert.All(traces[0].Terms, term => Assert.True(term["prior"] == 0 && term["condition"] == 0 && term["noise"] > 1));
    }

    [Fact]
    public void The_three_terms_are_the_gradients_with_their_factors()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small();
        using var canvas = new RawCanvas(new CanvasShape(1, 1, 12, 12), [127.5]);
        var start = OperatorTests.Noise(1, 1, 12, 12) + 127.5;
        canvas.Paint(start);
        var objective = new UnitObjective("fc", 0);
        using var frozen = new FrozenSpecimen(specimen, objective.Layers);
        var phase = new AscentPhase { Steps = 1, Rule = new ConstantStep(1), Drifts = Langevin.Drifts(0.5, 3, 0) };
        var traces = GradientAscent.Run(frozen, canvas, new AscentPlan(objective, [phase]) { Prior = -new AlphaNorm(2) }, new Philox(3));
        var x = (start - 127.5).detach();
        var leaf = start.detach().requires_grad_(true);
        var condition = autograd.grad([specimen.Network.call(leaf / 255).select(1, 0).sum()], [leaf])[0];
        var prior = -2 * x / (255.0 * 255);
        Near.Equal(x + (0.5 * prior) + (3 * condition), canvas.Coordinates.detach(), 1e-5);
        Assert.Equal((0.5 * prior).abs().mean().item<float>(), traces[0].Terms[0]["prior"], 1e-6);
        Assert.Equal((3 * condition).abs().mean().item<float>(), traces[0].Terms[0]["condition"], 1e-6);
    }

    [Fact]
    public void Progress_comes_with_a_small_picture_of_the_canvas()
    {
        using var specimen = SeeingNetworks.Small(height: 20, width: 40);
        using var canvas = new RawCanvas(new CanvasShape(2, 1, 20, 40), [127.5]);
        var objective = new UnitObjective("fc", 0);
        using var frozen = new FrozenSpecimen(specimen, objective.Layers);
        var seen = new List<Thumbnail>();
        var progress = new Listener(state => seen.Add(state.Picture!()));
        var phase = new AscentPhase { Steps = 9, Rule = new NormalizedStep(1) };
        GradientAscent.Run(frozen, canvas, new AscentPlan(objective, [phase]), new Philox(1), progress);
        Assert.Equal(2, seen.Count);
        Assert.All(seen, picture => Assert.Equal((16, 8, 3 * 16 * 8), (picture.Width, picture.Height, picture.Pixels.Count)));
        Assert.All(seen[0].Pixels, level => Assert.InRange(level, 120, 135));
    }

    [Fact]
    public void Operators_need_plain_pixels()
    {
        using var specimen = SeeingNetworks.Small();
        using var canvas = new FourierCanvas(new CanvasShape(1, 1, 12, 12), new Philox(1));
        var objective = new UnitObjective("fc", 0);
        using var frozen = new FrozenSpecimen(specimen, objective.Layers);
        var plan = new AscentPlan(objective, [new AscentPhase { Operators = [new Decay(0.1)] }]);
        Assert.Contains("pixel canvas", Assert.Throws<ArgumentException>(() => GradientAscent.Run(frozen, canvas, plan, new Philox(1))).Message);
    }
}
