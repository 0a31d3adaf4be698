using Golgi.Numerics.Random;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Tests.Support;

/// <summary>Networks of tens of weights.</summary>
internal static class TinyNetworks
{
    /// <summary>A perceptron 6-5-3 with tanh, so that central differences see no kink.</summary>
    public static nn.Module<Tensor, Tensor> Perceptron(ScalarType type = ScalarType.Float64, long seed = 1) =>
        Seeds.Build(seed, () => nn.Sequential(
            ("fc1", nn.Linear(6, 5)), ("act1", nn.Tanh()), ("fc2", nn.Linear(5, 3)))).to(type);

    /// <summary>A convolution with batch normalization and a linear layer, for 1×4×4 inputs.</summary>
    public static nn.Module<Tensor, Tensor> Convolutional(ScalarType type = ScalarType.Float64, long seed = 1) =>
        Seeds.Build(seed, () => nn.Sequential(
            ("conv", nn.Conv2d(1, 3, 3)), ("bn", nn.BatchNorm2d(3)), ("act", nn.Tanh()),
            ("flat", nn.Flatten()), ("fc", nn.Linear(12, 3)))).to(type);

    /// <summary>A smooth scalar loss of the perceptron's weights on fixed random inputs.</summary>
    public static Tensor Loss(nn.Module<Tensor, Tensor> network, params long[] inputShape)
    {
        using var generator = new Generator(5);
        var inputs = randn(inputShape, ScalarType.Float64, generator: generator);
        var labels = arange(inputShape[0]).remainder(3);
        return nn.functional.cross_entropy(network.call(inputs), labels);
    }
}
