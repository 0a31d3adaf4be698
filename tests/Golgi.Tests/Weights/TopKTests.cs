using Golgi.Tests.Contracts;
using Golgi.Tests.Support;
using Golgi.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Weights;

public sealed class TopKTests : ReparameterizationContract
{
    protected override bool HasExactGradient => false;

    protected override Reparameterization Create(WeightVector weights) => new TopK(weights, new TopKOptions { Keep = 0.3, Seed = 2 });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exactly_k_weights_of_the_largest_scores_are_kept(bool signed)
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = new TopK(weights, new TopKOptions { Keep = 0.3, Signed = signed, Rescale = false });
        method.Materialize();
        using var mask = method.Current();
        Assert.Equal([9, 4], mask.Counts);                                   // 0.3 · 30 and 0.3 · 15, rounded
        var score = method.Coordinates.narrow(0, 0, 30);
        var layer = method.Layers[0];
        var kept = WeightVector.Window(mask.Kept, layer);
        Assert.True(score.abs().masked_select(kept).min().item<double>() > score.abs().masked_select(kept.logical_not()).max().item<double>());
        var origin = WeightVector.Window(method.Original, layer);
        var expected = where(kept, signed ? origin * score.sign() : origin, zeros_like(origin));
        Near.Exact(expected, WeightVector.Window(weights.Values, layer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_passes_straight_through_the_choice_to_all_scores(bool signed)
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = new TopK(weights, new TopKOptions { Keep = 0.25, Signed = signed });
        method.Materialize();
        weights.ZeroGradient();
        TinyNetworks.Loss(network, 8, 6).backward();
        var layer = method.Layers[0];
        using var upstream = WeightVector.Window(weights.Gradient, layer).clone();
        method.PullBack();
        var expected = upstream * WeightVector.Window(method.Original, layer) * 2;
        if (!signed) expected *= method.Coordinates.narrow(0, 0, 30).sign();
        Near.Equal(expected, method.Gradient.narrow(0, 0, 30), Near.Algebra);
    }
}
