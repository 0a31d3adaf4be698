using Golgi.Ascent;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Data;
using Golgi.Networks;
using Golgi.Numerics.Random;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every objective must satisfy, energies included. A new one gets a line in the list.</summary>
[Collection(TorchState.Name)]
public sealed class ObjectiveContract : IDisposable
{
    private const int Side = 8, PatchSide = 4;

    private static readonly Dictionary<string, Func<ObjectiveContract, Objective>> Kinds = new()
    {
        [nameof(UnitObjective)] = _ => new UnitObjective("conv2", 1),
        [nameof(ClassObjective)] = own => new ClassObjective(LogitSource.Find(own.specimen), [2], ClassScale.LogProbability),
        [nameof(CodeObjective)] = _ => new CodeObjective("fc", tensor(new[] { 0.1f, -0.2f, 0.3f }, [1, 3])),
        [nameof(DirectionObjective)] = _ => new DirectionObjective("fc", tensor(new[] { 0.1f, -0.2f, 0.3f }), 2),
        [nameof(DiversityObjective)] = _ => new DiversityObjective("conv1"),
        [nameof(LayerObjective)] = _ => new LayerObjective("conv2"),
        [nameof(NetworkObjective)] = _ => new NetworkObjective("judge", new UnitObjective("fc", 0)),
        [nameof(ShareObjective)] = _ => new ShareObjective("conv2", [1], UnitPosition.Center, ClassScale.Probability),
        [nameof(WeightedSum)] = _ => (2 * new UnitObjective("fc", 0)) - (0.5 * new TotalVariation()),
        [nameof(AlphaNorm)] = _ => new AlphaNorm(3),
        [nameof(BlurEnergy)] = _ => new BlurEnergy(1.2),
        [nameof(TotalVariation)] = _ => new TotalVariation(TotalVariationKind.Isotropic, 1.5),
        [nameof(PatchEnergy)] = _ => new PatchEnergy(Patches(), PatchSide),
        [nameof(PatchMixture)] = _ => PatchMixture.Fit(Patches(), PatchSide, 3, new Philox(4)),
    };

    /// <summary>Those that rate a picture beside the others of its batch.</summary>
    private static readonly string[] Coupled = [nameof(DiversityObjective)];

    /// <summary>Those whose gradient leaves a part out on purpose.</summary>
    private static readonly string[] Stopped = [nameof(BlurEnergy)];

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Specimen specimen = Smooth(1), other = Smooth(2);
    private readonly FrozenSpecimen frozen, judge;

    public ObjectiveContract()
    {
        frozen = new FrozenSpecimen(specimen, specimen.LayerNames);
        judge = new FrozenSpecimen(other, ["fc"]);
    }

    public static TheoryData<string> All => [.. Kinds.Keys];

    public static TheoryData<string> Independent => [.. Kinds.Keys.Except(Coupled)];

    public static TheoryData<string> Differentiable => [.. Kinds.Keys.Except(Stopped)];

    public void Dispose()
    {
        frozen.Dispose();
        judge.Dispose();
        specimen.Dispose();
        other.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Every_public_objective_of_the_library_is_in_the_list() =>
        Assert.Equal(Families.Of<Objective>(), Families.Of<Objective>().Intersect(Kinds.Keys));

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void The_gradient_is_the_slope(string kind)
    {
        var objective = Make(kind);
        var x = Pictures(2).requires_grad_(true);
        var gradient = autograd.grad([objective.Score(Look(x)).sum()], [x])[0].to(ScalarType.Float64);
        using var _ = no_grad();
        // Networks see float32: a direction in which the slope is steep, and steps that move the score by far more than its rounding.
        var direction = gradient / gradient.norm();
        const double h = 0.5;                                                // raw units, over all pixels together
        double slope = (8 * (At(h) - At(-h)) - (At(2 * h) - At(-2 * h))) / (12 * h);
        Near.Equal(gradient.norm(), tensor(slope), 5e-3);

        double At(double step) => objective.Score(Look((x.detach() + (step * direction)).to(x.dtype))).to(ScalarType.Float64).sum().item<double>();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void There_is_a_score_for_each_picture_also_of_several_views(string kind)
    {
        var objective = Make(kind);
        var pictures = Pictures(3);
        Assert.Equal([3], objective.Score(Look(pictures)).shape);
        var alike = objective.Score(frozen.Look(pictures.repeat(2, 1, 1, 1), pictures, null, Networks));
        Near.Equal(objective.Score(Look(pictures)), alike, 1e-4); // two views that are the picture itself
        Assert.NotEmpty(objective.ToString());
    }

    [Theory]
    [MemberData(nameof(Independent))]
    public void A_score_does_not_depend_on_the_batch(string kind)
    {
        var objective = Make(kind);
        var pictures = Pictures(3);
        var together = objective.Score(Look(pictures));
        for (int n = 0; n < 3; n++) Near.Equal(together.narrow(0, n, 1), objective.Score(Look(pictures.narrow(0, n, 1))), 1e-4);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_borrowed_stays_and_a_second_score_is_the_first(string kind)
    {
        var objective = Make(kind);
        var pictures = Pictures(2);
        var before = pictures.clone();
        var pass = Look(pictures);
        var first = objective.Score(pass).clone();
        Near.Exact(first, objective.Score(pass));
        Near.Exact(before, pictures);
        Assert.False(pass.Output.IsInvalid);
        Assert.All(objective.Layers, layer => Assert.False(pass[layer].IsInvalid));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_grows_over_repeated_scores(string kind)
    {
        var objective = Make(kind);
        var pictures = Pictures(2);
        Once();
        LiveTensors.StayFlat(() =>
        {
            for (int i = 0; i < 20; i++) Once();
        });

        void Once()
        {
            using var step = NewDisposeScope();
            var x = pictures.detach().requires_grad_(true);
            _ = autograd.grad([objective.Score(Look(x)).sum()], [x]);
        }
    }

    private Dictionary<string, FrozenSpecimen> Networks => new() { ["judge"] = judge };

    private Objective Make(string kind) => Kinds[kind](this);

    private ForwardPass Look(Tensor pictures) => frozen.Look(pictures, null, null, Networks);

    private static Tensor Pictures(int count) => (OperatorTests.Noise(count, 1, Side, Side) / 2) + 127.5;

    private static Tensor Patches() => (OperatorTests.Noise(1, 1, 64, PatchSide * PatchSide, seed: 8).view(64, -1) / 255) + 0.5;

    /// <summary>Without kinks, so that a slope is a slope.</summary>
    private static Specimen Smooth(long seed)
    {
        var network = Seeds.Build(seed, () => nn.Sequential(
            ("conv1", nn.Conv2d(1, 4, 3, padding: 1L)), ("act1", nn.Tanh()), ("conv2", nn.Conv2d(4, 5, 3, padding: 1L)), ("act2", nn.Tanh()),
            ("flat", nn.Flatten()), ("fc", nn.Linear(5 * Side * Side, 3))));
        return new Specimen("smooth", network, [1, Side, Side], new Preprocessing { Scale = 1, Mean = [127.5], Std = [64] }, ["a", "b", "c"]);
    }
}
