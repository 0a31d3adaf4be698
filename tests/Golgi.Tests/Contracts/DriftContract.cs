using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Drifts;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Steps;
using Golgi.Networks;
using Golgi.Numerics.Random;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every drift must satisfy. A new one gets a line in the list.</summary>
[Collection(TorchState.Name)]
public sealed class DriftContract : IDisposable
{
    private const int Side = 32;

    private static readonly Dictionary<string, Func<Drift>> Kinds = new()
    {
        [nameof(ObjectiveDrift)] = () => new ObjectiveDrift(),
        [nameof(PriorDrift)] = () => new PriorDrift(),
        [nameof(GradientDrift)] = () => new GradientDrift("smooth", -1e4 * new TotalVariation()),
        [nameof(NoiseDrift)] = () => new NoiseDrift(),
        [nameof(ResidualDrift)] = () => new ResidualDrift("denoiser", pass => pass.Coordinates * 0.25),
        [nameof(UnitDrift)] = () => new UnitDrift(new PriorDrift()),
    };

    private readonly Specimen specimen = SeeingNetworks.Small(height: Side, width: Side, loud: true);

    public static TheoryData<string> All => [.. Kinds.Keys];

    public static TheoryData<string> Certain => [.. Kinds.Keys.Except([nameof(NoiseDrift)])];

    public void Dispose() => specimen.Dispose();

    [Fact]
    public void Every_public_drift_of_the_library_is_in_the_list() => Assert.Equal(Families.Of<Drift>(), Kinds.Keys.Order());

    [Theory]
    [MemberData(nameof(All))]
    public void Its_weight_scales_it_and_the_size_of_its_term_is_logged_under_its_name(string kind)
    {
        using var scope = NewDisposeScope();
        var (once, _) = Moved([(1, Kinds[kind]())]);
        var (thrice, traces) = Moved([(3, Kinds[kind]())]);
        var (never, silent) = Moved([(0, Kinds[kind]())]);
        Assert.True(once.abs().max().item<float>() > 0);
        Near.Equal(3 * once, thrice, 1e-3);
        Assert.Equal(0f, never.abs().max().item<float>());
        var term = Assert.Single(Assert.Single(traces[0].Terms));
        Assert.Equal(Kinds[kind]().Name, term.Key);
        Assert.Equal(1, term.Value / thrice[0].abs().mean().item<float>(), 1e-3);
        Assert.Equal(0, Assert.Single(silent[0].Terms[0]).Value);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_seed_draws_the_same_and_drifts_add_up(string kind)
    {
        using var scope = NewDisposeScope();
        var (one, _) = Moved([(1, Kinds[kind]())]);
        var (again, _) = Moved([(1, Kinds[kind]())]);
        Near.Exact(one, again);
        if (kind == nameof(GradientDrift)) return;
        var pull = new GradientDrift("smooth", -1e4 * new TotalVariation());
        var (other, _) = Moved([(0.5, pull)]);
        var (both, _) = Moved([(0.5, pull), (1, Kinds[kind]())]);
        Near.Equal(one + other, both, 1e-3);
    }

    [Theory]
    [MemberData(nameof(Certain))]
    public void What_is_no_noise_is_the_same_whatever_the_seed(string kind)
    {
        using var scope = NewDisposeScope();
        Near.Exact(Moved([(1, Kinds[kind]())], seed: 1).Change, Moved([(1, Kinds[kind]())], seed: 2).Change);
    }

    [Fact]
    public void Noise_is_standard_normal_and_each_picture_s_and_step_s_own()
    {
        using var scope = NewDisposeScope();
        var (one, _) = Moved([(1, new NoiseDrift())]);
        double count = one.numel(), mean = one.mean().item<float>(), variance = one.square().mean().item<float>();
        Assert.InRange(mean, -5 / Math.Sqrt(count), 5 / Math.Sqrt(count));
        Assert.InRange(variance, 1 - (5 * Math.Sqrt(2 / count)), 1 + (5 * Math.Sqrt(2 / count)));
        double alike = (one[0] * one[1]).mean().item<float>();
        Assert.InRange(alike, -5 / Math.Sqrt(count / 2), 5 / Math.Sqrt(count / 2));
        var (other, _) = Moved([(1, new NoiseDrift())], seed: 9);
        Assert.False(one.allclose(other));
        var (two, _) = Moved([(1, new NoiseDrift())], steps: 2);
        Assert.InRange(two.square().mean().item<float>(), 2 - (10 * Math.Sqrt(2 / count)), 2 + (10 * Math.Sqrt(2 / count)));
    }

    [Fact]
    public void A_unit_drift_has_a_mean_magnitude_of_one_in_each_picture()
    {
        using var scope = NewDisposeScope();
        var (one, _) = Moved([(1, new UnitDrift(new PriorDrift()))]);
        Near.Equal(ones(2), one.abs().mean([1, 2, 3]), 1e-4);
    }

    [Fact]
    public void A_residual_is_a_step_towards_what_is_reconstructed()
    {
        using var scope = NewDisposeScope();
        var (one, _) = Moved([(1, new ResidualDrift("denoiser", pass => pass.Coordinates * 0.25))]);
        Near.Equal((Start() - 127.5) * -0.75, one, 1e-5);
        var error = Assert.Throws<ArgumentException>(() => Moved([(1, new ResidualDrift("denoiser", pass => pass.Output))]));
        Assert.Contains("must be the same", error.Message);
    }

    [Fact]
    public void Two_drifts_of_one_name_and_negative_weights_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new AscentPhase { Drifts = [(1, new NoiseDrift()), (2, new NoiseDrift())] });
        Assert.Contains("'noise'", error.Message);
        Assert.ThrowsAny<ArgumentException>(() => new AscentPhase { Drifts = [(-1, new NoiseDrift())] });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_grows_over_many_steps(string kind)
    {
        Once(2);
        LiveTensors.StayFlat(() => Once(20));

        void Once(int steps)
        {
            using var scope = NewDisposeScope();
            Moved([(1e-3, Kinds[kind]())], steps: steps);
        }
    }

    /// <summary>How far pixels come by drifts alone, from the same start.</summary>
    private (Tensor Change, IReadOnlyList<AscentTrace> Traces) Moved(
        IReadOnlyList<(double Weight, Drift Drift)> drifts, ulong seed = 1, int steps = 1)
    {
        var start = Start();
        using var canvas = new RawCanvas(new CanvasShape(2, 1, Side, Side), [127.5]);
        canvas.Paint(start);
        var objective = 1e6 * new UnitObjective("fc", 0); // so that pixels move by gray levels, far more than their rounding
        using var frozen = new FrozenSpecimen(specimen, objective.Layers);
        var phase = new AscentPhase { Steps = steps, Rule = new ConstantStep(1), Drifts = drifts };
        var plan = new AscentPlan(objective, [phase]) { Prior = -(1e4 * new AlphaNorm(2)) };
        var traces = GradientAscent.Run(frozen, canvas, plan, new Philox(seed));
        return (canvas.Coordinates.detach() + 127.5 - start, traces);
    }

    private static Tensor Start() => (OperatorTests.Noise(2, 1, Side, Side) / 4) + 127.5;
}
