using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Drifts;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Steps;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Numerics.Random;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Ascent;

/// <summary>A canvas, priors, a rule and a drift that the library has never heard of work like its own.</summary>
[Collection(TorchState.Name)]
public sealed class ExtensionTests
{
    private const int Side = 12, Codes = 6;

    [Fact]
    public void A_canvas_of_codes_is_climbed_by_three_drifts_within_its_box()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small(loud: true);
        using var other = SeeingNetworks.Small(loud: true, seed: 2);
        using var canvas = new CodeCanvas(2, limit: 2);
        Objective objective = new UnitObjective("fc", 1);
        objective += 0.5 * new NetworkObjective("judge", new UnitObjective("fc", 1));
        using FrozenSpecimen frozen = new(specimen, objective.Layers), judge = new(other, ["fc"]), encoder = new(other, ["conv1"]);
        var phase = new AscentPhase
        {
            Steps = 20,
            Rule = new NormalizedStep(0.2),
            Drifts =
            [
                (0.1, new ResidualDrift("prior", pass => pass.Through("encoder")["conv1"].flatten(1).narrow(1, 0, Codes))),
                (1, new ObjectiveDrift()),
                (1e-3, new NoiseDrift()),
                (0.1, new GradientDrift("small codes", new SmallCodes())),
            ],
        };
        var plan = new AscentPlan(objective, [phase])
        {
            Networks = new Dictionary<string, FrozenSpecimen> { ["judge"] = judge, ["encoder"] = encoder },
        };
        var traces = GradientAscent.Run(frozen, canvas, plan, new Philox(3));
        Assert.All(traces, trace =>
        {
            Assert.Equal((AscentOutcome.Finished, 20, 20), (trace.Outcome, trace.Steps, trace.Terms.Count));
            Assert.True(trace.Scores[^1] > trace.Scores[0], $"{trace.Scores[0]} to {trace.Scores[^1]}");
            Assert.Equal(["condition", "noise", "prior", "small codes"], trace.Terms[0].Keys.Order());
        });
        Assert.True(canvas.Coordinates.abs().max().item<float>() <= 2);

        var astray = new AscentPlan(new NetworkObjective("jugde", new UnitObjective("fc", 1)), [phase]) { Networks = plan.Networks };
        Assert.Contains("Nearest: judge", Assert.Throws<ArgumentException>(() => GradientAscent.Run(frozen, canvas, astray, new Philox(3))).Message);
    }

    [Fact]
    public void A_feature_is_shown_on_a_canvas_of_codes_by_a_strange_rule_and_energy()
    {
        using var specimen = SeeingNetworks.Small(loud: true);
        var options = new VisualizationOptions
        {
            Preset = "pixels",
            Steps = 15,
            Priors = new PriorOptions
            {
                Canvas = new CanvasKind("codes", "codes of a generator", request => new CodeCanvas(request.Shape.Count, limit: 3)),
                Rule = new SignStep(0.1),
                Priors = [Prior.OfEnergy("bright", 1e-6, new Brightness())],
            },
        };
        using var made = FeatureVisualization.Run(specimen, Target.Classes(0, 1), options);
        Assert.Equal([2, 1, Side, Side], made.Pictures.shape);
        Assert.All(made.Found, found => Assert.True(found.Activation > found.StartActivation));
        var strong = options.Priors with { Priors = [Prior.OfEnergy("bright", 1e6, new Brightness())] };
        using var dark = FeatureVisualization.Run(specimen, Target.Classes(0, 1), options with { Priors = strong });
        Assert.True(dark.Pictures.mean().item<float>() < made.Pictures.mean().item<float>());
    }

    [Fact]
    public void A_strange_operator_is_added_to_a_preset_replaced_by_its_name_and_taken_away()
    {
        using var specimen = SeeingNetworks.Small();
        var preset = PresetCatalog.Find("yosinski2015-3", Side);
        var added = With(preset, Prior.OfOperator(new LeftHalf(0)));
        Assert.Equal("decay 0.0001; blur 1 every 4; left half 0; clamp 0..255", Shown(added));
        Assert.Equal("decay 0.0001; blur 1 every 4; left half 5; clamp 0..255", Shown(With(added, Prior.OfOperator(new LeftHalf(5)))));
        Assert.Equal(Shown(preset), Shown(With(added, Prior.WithoutOperator("left-half"))));

        var options = new VisualizationOptions
        {
            Preset = "yosinski2015-3",
            Steps = 5,
            Priors = new PriorOptions { Priors = [Prior.OfOperator(new LeftHalf(0))] },
        };
        using var made = FeatureVisualization.Run(specimen, Target.Classes(1), options);
        Assert.Equal(0.5f, made.Pictures[0, 0, 0, 0].item<float>(), 1e-6f); // the mean picture
        Assert.NotEqual(0.5f, made.Pictures[0, 0, 0, Side - 1].item<float>(), 1e-6f);

        static Preset With(Preset preset, Prior prior) => new PriorOptions { Priors = [prior] }.ApplyTo(preset);
        static string Shown(Preset preset) => string.Join("; ", preset.Phases[0].Phase.Operators);
    }

    [Fact]
    public void Objectives_of_coordinates_have_a_gradient_also_where_views_are_looked_at_few_at_a_time()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small(loud: true);
        var objective = new UnitObjective("fc", 1) + (3 * new SmallCodes());
        using var frozen = new FrozenSpecimen(specimen, objective.Layers);
        Near.Equal(Moved(1), Moved(21), 1e-4);

        Tensor Moved(int views)
        {
            using var canvas = new CodeCanvas(1, limit: 100);
            var phase = new AscentPhase { Steps = 1, Rule = new ConstantStep(0.1), Transform = new Copies(views) };
            GradientAscent.Run(frozen, canvas, new AscentPlan(objective, [phase]), new Philox(1));
            return canvas.Coordinates.detach().clone();
        }
    }

    /// <summary>A linear generator: a picture is gray and a weighted sum of waves. Codes stay in a box.</summary>
    private sealed class CodeCanvas : Canvas
    {
        private readonly Tensor codes, waves;
        private readonly double limit;

        public CodeCanvas(long count, double limit)
        {
            this.limit = limit;
            waves = stack(Enumerable.Range(1, Codes)
                .Select(k => (linspace(0, 3 * k, Side * Side, ScalarType.Float32)).sin())).DetachFromDisposeScope();
            codes = full([count, Codes], 0.5f).requires_grad_(true).DetachFromDisposeScope();
        }

        public override Tensor Coordinates => codes;

        public override Tensor Render() => (127.5 + (20 * codes.mm(waves))).view(-1, 1, Side, Side);

        public override void Paint(Tensor pictures)
        {
            using var _ = no_grad();
            using var scope = NewDisposeScope();
            codes.copy_(((pictures - 127.5) / 20).flatten(1).mm(linalg.pinv(waves)));
        }

        public override void EndStep(AscentPhase phase, int index, Tensor update) => codes.clamp_(-limit, limit);

        public override void Dispose()
        {
            codes.Dispose();
            waves.Dispose();
        }
    }

    private sealed record SignStep(double Rate) : StepRule
    {
        public override Stepper Begin() => new Signs(Rate);

        private sealed class Signs(double rate) : Stepper
        {
            public override void Move(Tensor coordinates, Tensor drift, double fraction) => coordinates.add_(drift.sign() * rate);

            public override void Dispose()
            {
            }
        }
    }

    private sealed class Brightness : Objective
    {
        public override IReadOnlyList<string> Layers => [];

        public override Tensor Score(ForwardPass pass) => pass.Pictures.flatten(1).mean([1]);

        public override string ToString() => "bright";
    }

    private sealed class SmallCodes : Objective
    {
        public override IReadOnlyList<string> Layers => [];

        public override Tensor Score(ForwardPass pass) => -pass.Coordinates.square().flatten(1).sum(1) / 2;

        public override string ToString() => "small codes";
    }

    private sealed class LeftHalf(double level) : PixelOperator
    {
        public override string Name => "left-half";

        public override Tensor Apply(Tensor x, OperatorStep step)
        {
            x.narrow(3, 0, Side / 2).fill_(level);
            return x;
        }

        public override string ToString() => $"left half {level}";
    }

    private sealed class Copies(int views) : Golgi.Ascent.Transforms.Transform
    {
        public override int Views => views;

        public override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0) => pictures.repeat(views, 1, 1, 1);

        public override string ToString() => $"{views} copies";
    }
}
