using Golgi.Ascent;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Ascent.Objectives;

public sealed class ObjectiveTests
{
    [Fact]
    public void Objectives_compose_like_numbers_and_operands_stay_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small();
        var (a, b, c) = (new UnitObjective("conv1", 0), new UnitObjective("conv2", 4), new TotalVariation());
        var sum = 2 * (a + b);
        var whole = (sum * 0.5) - (0.25 * c) + (-a);
        using var frozen = new FrozenSpecimen(specimen, whole.Layers);
        var pass = frozen.Look(OperatorTests.Noise(3, 1, 12, 12) + 100);
        Near.Equal(b.Score(pass) - (0.25 * c.Score(pass)), whole.Score(pass), 1e-5);
        Near.Equal(2 * a.Score(pass) + (2 * b.Score(pass)), sum.Score(pass), 1e-5);
        Assert.Equal("2 * conv1:0 + 2 * conv2:4", sum.ToString());
    }

    [Fact]
    public void A_units_place_is_its_mean_its_center_or_its_greatest()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small(height: 9, width: 12);
        using var frozen = new FrozenSpecimen(specimen, ["conv1"]);
        var pass = frozen.Look(OperatorTests.Noise(2, 1, 9, 12) + 100);
        var map = pass["conv1"].select(1, 3);
        Near.Equal(map.mean([1, 2]), Score(UnitPosition.Everywhere), 1e-6);
        Near.Equal(map.select(2, 6).select(1, 4), Score(UnitPosition.Center), 1e-6);
        Near.Equal(map.flatten(1).amax([1]), Score(UnitPosition.Strongest), 1e-6);

        Tensor Score(UnitPosition position) => new UnitObjective("conv1", 3, position).Score(pass);
    }

    [Fact]
    public void Each_picture_of_a_batch_is_for_its_own_unit()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small();
        using var frozen = new FrozenSpecimen(specimen, ["conv2"]);
        var pass = frozen.Look(OperatorTests.Noise(4, 1, 12, 12));
        var means = pass["conv2"].mean([2, 3]);
        var score = new UnitObjective("conv2", [4, 1]).Score(pass);
        Near.Equal(stack([means[0, 4], means[1, 1], means[2, 4], means[3, 1]]), score, 1e-6);
    }

    [Fact]
    public void A_direction_to_the_power_of_two_is_the_product_by_the_squared_cosine_and_has_a_gradient_even_behind()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small();
        using var frozen = new FrozenSpecimen(specimen, ["fc"]);
        var x = (OperatorTests.Noise(1, 1, 12, 12) + 127).requires_grad_(true);
        var pass = frozen.Look(x);
        var h = pass["fc"].detach();
        using var along = new DirectionObjective("fc", h[0], 2);
        Near.Equal(h.square().sum(1), along.Score(pass), 1e-5);
        using var behind = new DirectionObjective("fc", -h[0], 2);
        Near.Equal(-h.square().sum(1) * 0.01, behind.Score(pass), 1e-5);
        Assert.True(autograd.grad([behind.Score(pass).sum()], [x])[0].abs().sum().item<float>() > 0);
    }

    [Fact]
    public void Diversity_is_minus_one_for_equal_pictures_and_higher_for_others()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small();
        using var frozen = new FrozenSpecimen(specimen, ["conv1"]);
        var one = OperatorTests.Noise(1, 1, 12, 12) + 100;
        var diversity = new DiversityObjective("conv1");
        Near.Equal(full([3], -1.0), diversity.Score(frozen.Look(one.repeat(3, 1, 1, 1))), 1e-5);
        Assert.True(diversity.Score(frozen.Look(cat([one, 255 - one]))).gt(-0.9999).all().item<bool>());
    }

    [Fact]
    public void Views_are_averaged()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small();
        using var frozen = new FrozenSpecimen(specimen, ["conv1"]);
        var pictures = OperatorTests.Noise(2, 1, 12, 12);
        var views = cat([pictures, pictures + 30]);
        var pass = frozen.Look(views, pictures);
        var both = pass["conv1"].select(1, 1).mean([1, 2]);
        Near.Equal((both.narrow(0, 0, 2) + both.narrow(0, 2, 2)) / 2, new UnitObjective("conv1", 1).Score(pass), 1e-5);
    }
}
