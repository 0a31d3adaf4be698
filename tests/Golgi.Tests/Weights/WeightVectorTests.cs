using Golgi.Tests.Support;
using Golgi.Weights;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Weights;

[Collection(TorchState.Name)]
public sealed class WeightVectorTests
{
    [Fact]
    public void The_network_computes_with_the_vector_s_values()
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var loss = TinyNetworks.Loss(network, 8, 6);
        using (no_grad()) weights.Values.mul_(0.5);
        using var halved = TinyNetworks.Loss(network, 8, 6);
        Assert.NotEqual(loss.item<double>(), halved.item<double>());

        using (no_grad()) weights.Values.zero_();
        using var blank = TinyNetworks.Loss(network, 8, 6);
        Assert.Equal(Math.Log(3), blank.item<double>(), 12);
    }

    [Fact]
    public void The_backward_pass_fills_the_gradient_and_adds_to_it()
    {
        using var network = TinyNetworks.Perceptron();
        using var twin = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        TinyNetworks.Loss(network, 8, 6).backward();
        TinyNetworks.Loss(twin, 8, 6).backward();
        using var expected = cat([.. twin.parameters().Select(p => p.grad!.flatten())]);
        Near.Equal(expected, weights.Gradient, Near.Algebra);

        TinyNetworks.Loss(network, 8, 6).backward();
        Near.Equal(expected * 2, weights.Gradient, Near.Algebra);
        weights.ZeroGradient();
        TinyNetworks.Loss(network, 8, 6).backward();
        Near.Equal(expected, weights.Gradient, Near.Algebra);
    }

    [Fact]
    public void A_tied_parameter_appears_once_and_stays_tied()
    {
        using var network = new Tied();
        using var weights = new WeightVector(network);
        Assert.Equal(9, weights.Count);
        using (no_grad()) weights.Values.fill_(2);
        using var input = ones(1, 3);
        using var output = network.call(input);
        Assert.Equal(36f, output[0, 0].item<float>()); // 3 inputs · 2, then 3 · 6 · 2
    }

    [Fact]
    public void Frozen_names_and_normalization_can_be_left_out()
    {
        using var network = TinyNetworks.Convolutional();
        using var running = network.named_buffers().First(b => b.name == "bn.running_mean").buffer.clone();
        using (var all = new WeightVector(network)) Assert.Equal(6, all.Segments.Count);
        using var some = new WeightVector(network, new WeightSelection { Frozen = ["*.bias"], Normalization = false });
        Assert.Equal(["conv.weight", "fc.weight"], some.Segments.Select(s => s.Name));
        Near.Exact(running, network.named_buffers().First(b => b.name == "bn.running_mean").buffer);
    }

    [Fact]
    public void A_module_without_a_trainable_parameter_is_refused()
    {
        using var network = TinyNetworks.Perceptron();
        Assert.Throws<ArgumentException>(() => new WeightVector(network, new WeightSelection { Frozen = ["*"] }));
    }

    [Fact]
    public void Disposing_gives_the_module_storage_of_its_own_with_the_same_values()
    {
        using var network = TinyNetworks.Perceptron();
        Tensor values;
        using (var weights = new WeightVector(network)) values = weights.Values.clone();
        using var after = nn.utils.parameters_to_vector(network.parameters());
        Near.Exact(values, after);
        using var loss = TinyNetworks.Loss(network, 8, 6);
        loss.backward();
        Assert.All(network.parameters(), p => Assert.NotNull(p.grad));
        values.Dispose();
    }

    private sealed class Tied : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(3, 3, hasBias: false);
        private readonly Linear second = nn.Linear(3, 3, hasBias: false);

        public Tied()
            : base(nameof(Tied))
        {
            second.weight = first.weight;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => second.call(first.call(input));
    }
}
