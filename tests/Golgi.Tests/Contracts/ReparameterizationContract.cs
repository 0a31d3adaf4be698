using Golgi.Tests.Support;
using Golgi.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every reparameterization must satisfy. A new method derives from this and says how it is made.</summary>
[Collection(TorchState.Name)]
public abstract class ReparameterizationContract
{
    /// <summary>A method over a perceptron's weights in float64; the same arguments give the same method.</summary>
    protected abstract Reparameterization Create(WeightVector weights);

    /// <summary>True where f is a deterministic, differentiable function whose pull-back is its exact Jacobian
    /// (straight-through estimators are not).</summary>
    protected virtual bool HasExactGradient => true;

    [Fact]
    public void Restore_gives_back_the_module_s_own_weights_bit_for_bit()
    {
        using var network = TinyNetworks.Perceptron();
        using var before = nn.utils.parameters_to_vector(network.parameters()).detach().clone();
        using (var weights = new WeightVector(network))
        using (var method = Create(weights))
        {
            Disturb(method);
            method.Materialize();
            method.Restore();
            Near.Exact(before, weights.Values);
        }

        Near.Exact(before, nn.utils.parameters_to_vector(network.parameters()));
    }

    [Fact]
    public void Pull_back_equals_central_differences()
    {
        if (!HasExactGradient) return;
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = Create(weights);
        Disturb(method);
        Backward(network, method);

        using var analytic = method.Gradient.clone();
        using var numeric = CentralDifferences(network, method);
        Near.Equal(numeric, analytic, Near.Gradient);
    }

    [Fact]
    public void Nothing_grows_over_repeated_steps()
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = Create(weights);
        Backward(network, method);
        LiveTensors.StayFlat(() =>
        {
            for (int i = 0; i < 200; i++) Backward(network, method);
        });
    }

    [Fact]
    public void Pull_back_before_materialize_says_which_call_is_missing()
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = Create(weights);
        var error = Assert.Throws<InvalidOperationException>(method.PullBack);
        Assert.Contains("Materialize", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void State_brings_a_second_instance_to_the_same_weights()
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = Create(weights);
        using var start = weights.Values.clone();
        Disturb(method);
        var saved = method.State.Select(entry => entry.Value.clone()).ToArray();
        method.Materialize();
        using var expected = weights.Values.clone();

        using var other = TinyNetworks.Perceptron();
        using var otherWeights = new WeightVector(other);
        using var twin = Create(otherWeights);
        using (no_grad())
        {
            foreach (var (entry, value) in twin.State.Zip(saved)) entry.Value.copy_(value);
        }

        twin.Materialize();
        Near.Exact(expected, otherWeights.Values);
    }

    private static void Disturb(Reparameterization method)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var generator = new Generator(11);
        method.Coordinates.add_(randn(method.Coordinates.shape, method.Coordinates.dtype, generator: generator).mul_(0.1));
    }

    private static void Backward(nn.Module<Tensor, Tensor> network, Reparameterization method)
    {
        using var scope = NewDisposeScope();
        method.Materialize();
        method.WeightVector.ZeroGradient();
        TinyNetworks.Loss(network, 8, 6).backward();
        method.PullBack();
    }

    private static Tensor CentralDifferences(nn.Module<Tensor, Tensor> network, Reparameterization method)
    {
        using var _ = no_grad();
        const double h = 1e-6;
        double LossAt(long index, double shift)
        {
            using var scope = NewDisposeScope();
            method.Coordinates[index].add_(shift);
            method.Materialize();
            double loss = TinyNetworks.Loss(network, 8, 6).item<double>();
            return loss;
        }

        double[] slopes = new double[method.Coordinates.numel()];
        for (int i = 0; i < slopes.Length; i++)
        {
            double up = LossAt(i, h), down = LossAt(i, -2 * h);
            slopes[i] = (up - down) / (2 * h);
            LossAt(i, h);
        }

        return tensor(slopes);
    }
}
