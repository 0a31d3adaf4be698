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
public sealed class SupermaskTests : ReparameterizationContract
{
    protected override bool HasExactGradient => false;

    protected override Reparameterization Create(WeightVector weights) => new Supermask(weights, new SupermaskOptions { Seed = 4 });

    [Theory]
    [InlineData(SupermaskGate.Bernoulli, false)]
    [InlineData(SupermaskGate.Bernoulli, true)]
    [InlineData(SupermaskGate.Rounded, false)]
    [InlineData(SupermaskGate.Rounded, true)]
    public void The_gradient_is_the_straight_through_one_of_autograd(SupermaskGate gate, bool rescale)
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = new Supermask(weights, new SupermaskOptions { Gate = gate, Rescale = rescale });
        using (no_grad()) method.Coordinates.add_(randn(method.Coordinates.shape, method.Coordinates.dtype));
        method.Materialize();
        using var present = weights.Values.clone();
        weights.ZeroGradient();
        TinyNetworks.Loss(network, 8, 6).backward();
        using var upstream = weights.Gradient.clone();
        method.PullBack();

        // θ = θ₀ ⊙ e ⊙ (n / Σe), e = b + s − stop(s), written out for autograd from the weights that were drawn.
        long offset = 0;
        foreach (var layer in method.Layers)
        {
            var origin = WeightVector.Window(method.Original, layer);
            var score = method.Coordinates.narrow(0, offset, layer.Length).clone().requires_grad_(true);
            var s = sigmoid(score);
            var drawn = WeightVector.Window(present, layer) / origin;
            var b = Gates(drawn, s.detach(), gate, rescale);
            var e = b + s - s.detach();
            var theta = rescale ? origin * e * (layer.Length / e.sum()) : origin * e;
            Near.Equal(WeightVector.Window(present, layer), theta, Near.Algebra);
            theta.backward([WeightVector.Window(upstream, layer)]);
            Near.Equal(score.grad!, method.Gradient.narrow(0, offset, layer.Length), Near.Algebra);
            offset += layer.Length;
        }
    }

    [Fact]
    public void Without_rescaling_the_gradient_is_that_of_the_weights_times_origin_times_slope()
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = new Supermask(weights, new SupermaskOptions { Rescale = false, InitialScore = 0.7 });
        method.Materialize();
        weights.ZeroGradient();
        TinyNetworks.Loss(network, 8, 6).backward();
        using var upstream = WeightVector.Window(weights.Gradient, method.Layers[0]).clone();
        method.PullBack();
        double s = 1 / (1 + Math.Exp(-0.7));
        var expected = upstream * WeightVector.Window(method.Original, method.Layers[0]) * (s * (1 - s));
        Near.Equal(expected, method.Gradient.narrow(0, 0, 30), Near.Algebra);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void In_single_precision_the_kernel_draws_and_differentiates_as_tensor_operations_do(bool rescale)
    {
        using var scope = NewDisposeScope();
        Tensor[] Step(ScalarType type)
        {
            using var network = ModelCatalog.Build("fc-50-33-7", [50], 7, null, 3).to(type);
            using var weights = new WeightVector(network);
            using var method = new Supermask(weights, new SupermaskOptions { Rescale = rescale, Seed = 5 });
            using var noise = new Generator(1);
            using (no_grad()) method.Coordinates.add_(randn(method.Coordinates.shape, ScalarType.Float32, generator: noise));
            method.Materialize();
            using (no_grad()) weights.Gradient.copy_(randn(weights.Gradient.shape, ScalarType.Float32, generator: noise));
            var present = weights.Values.detach().clone();
            method.PullBack();
            return [present, method.Gradient.clone()];
        }

        foreach (var (tensors, kernel) in Step(ScalarType.Float64).Zip(Step(ScalarType.Float32))) Near.Equal(tensors, kernel, Near.Single);
    }

    [Fact]
    public void Rescaling_never_divides_by_zero()
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = new Supermask(weights, new SupermaskOptions { InitialScore = -20 });
        method.Materialize();
        weights.ZeroGradient();
        using (var loss = TinyNetworks.Loss(network, 8, 6)) loss.backward();
        method.PullBack();
        Assert.True(weights.Values.isfinite().all().item<bool>());
        Assert.True(method.Gradient.isfinite().all().item<bool>());
        using var first = WeightVector.Window(weights.Values, method.Layers[0]);
        Assert.Equal(0, first.abs().sum().item<double>());
    }

    [Fact]
    public void Rescaled_draws_average_to_the_weights()
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = new Supermask(weights);
        var sum = zeros_like(weights.Values);
        const int n = 4000;
        for (int i = 0; i < n; i++)
        {
            method.MaterializeSample(i);
            sum.add_(weights.Values);
        }

        // By symmetry E[n b / Σb] = 1 at equal probabilities; its standard deviation is below 1.2 where n = 15, p = ½.
        var error = (sum / n / method.Original - 1).masked_select(method.Original.ne(0)).abs().max().item<double>();
        Assert.True(error < 5 * 1.2 / Math.Sqrt(n), $"worst relative error of the mean: {error}");
    }

    [Fact]
    public void Materializing_twice_draws_once_and_a_step_draws_anew()
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = new Supermask(weights);
        method.Materialize();
        using var first = weights.Values.clone();
        method.MaterializeRounded();
        method.Materialize();
        Near.Exact(first, weights.Values);
        method.PullBack();
        method.Materialize();
        Assert.False(first.eq(weights.Values).all().item<bool>());
    }

    [Fact]
    public void Rounded_expected_and_sampled_readings_are_what_their_names_say()
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = new Supermask(weights, new SupermaskOptions { Rescale = false });
        using (no_grad()) method.Coordinates.copy_(linspace(-3, 3, method.Coordinates.numel()));
        method.MaterializeExpected();
        var layer = method.Layers[0];
        var origin = WeightVector.Window(method.Original, layer);
        var p = sigmoid(method.Coordinates.narrow(0, 0, 30));
        Near.Equal(origin * p, WeightVector.Window(weights.Values, layer), Near.Algebra);
        method.MaterializeRounded();
        var rounded = method.Round();
        Near.Exact(where(p.ge(0.5), origin, zeros_like(origin)), WeightVector.Window(weights.Values, layer));
        Near.Exact(p.ge(0.5), WeightVector.Window(rounded.Kept, layer));
        method.MaterializeSample(3);
        using var once = weights.Values.clone();
        method.MaterializeSample(4);
        Assert.False(once.eq(weights.Values).all().item<bool>());
        method.MaterializeSample(3);
        Near.Exact(once, weights.Values);
    }

    [Fact]
    public void Signed_constants_keep_signs_and_take_the_layer_s_deviation()
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var own = weights.Values.clone();
        SignedConstants.Fill(weights);
        var before = WeightVector.Window(own, weights.Segments[0]);
        var after = WeightVector.Window(weights.Values, weights.Segments[0]);
        Near.Exact(before.sign(), after.sign());
        double[] values = before.data<double>().ToArray();
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));
        Near.Equal(full(30, deviation, ScalarType.Float64), after.abs(), Near.Algebra);
        Near.Exact(WeightVector.Window(own, weights.Segments[1]), WeightVector.Window(weights.Values, weights.Segments[1]));
    }

    /// <summary>The gate that was drawn, read off the weights: 0 or 1, or the probability where the half was not rounded.</summary>
    private static Tensor Gates(Tensor drawn, Tensor s, SupermaskGate gate, bool rescale)
    {
        if (!rescale) return drawn;
        if (gate == SupermaskGate.Bernoulli) return drawn.ne(0).to(s.dtype);
        // Under rescaling all gates share a factor; the largest ratio to s or to 1 gives it away: a rounded-up gate is 1.
        var factor = drawn.max();
        return drawn / factor;
    }
}
