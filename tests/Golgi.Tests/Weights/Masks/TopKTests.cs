using Golgi.Networks.Catalog;
using Golgi.Tests.Contracts;
using Golgi.Tests.Support;
using Golgi.Weights.Masks;
using Golgi.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Weights.Masks;

[Collection(TorchState.Name)]
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
    public void In_single_precision_the_kernel_keeps_and_differentiates_as_tensor_operations_do(bool signed)
    {
        using var scope = NewDisposeScope();
        Tensor[] Step(ScalarType type)
        {
            using var network = ModelCatalog.Build("fc-50-33-7", [50], 7, null, 3).to(type);
            using var weights = new WeightVector(network);
            using var method = new TopK(weights, new TopKOptions { Keep = 0.37, Signed = signed, Seed = 5 });
            using var noise = new Generator(1);
            method.Materialize();
            using (no_grad()) weights.Gradient.copy_(randn(weights.Gradient.shape, ScalarType.Float32, generator: noise));
            var present = weights.Values.detach().clone();
            method.PullBack();
            return [present, method.Gradient.clone()];
        }

        foreach (var (tensors, kernel) in Step(ScalarType.Float64).Zip(Step(ScalarType.Float32))) Near.Equal(tensors, kernel, Near.Single);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(777)]
    [InlineData(4003)]
    public void The_kernel_finds_the_k_largest_by_counting_as_sorting_does(int k)
    {
        using var scope = NewDisposeScope();
        using var noise = new Generator(3);
        var wide = randn(4003, generator: noise) * pow(10, randn(4003, generator: noise) * 8);            // every digit of the exponent
        var tied = randn(4003, generator: noise).mul(3).round();                                          // few values, zeros of both signs
        foreach (var score in new[] { wide, tied, zeros(4003), full(4003, -1.5f) })
        {
            var gate = empty(4003);
            TopKKernel.Choose(score, gate, k, signed: true);
            Assert.Equal(k, gate.count_nonzero().item<long>());
            var kept = gate.ne(0);
            Assert.True(
                k == 4003
                    || score.abs().masked_select(kept).min().item<float>() >= score.abs().masked_select(kept.logical_not()).max().item<float>());
            Assert.True(gate.mul(score).masked_select(kept).ge(0).all().item<bool>());
        }
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
