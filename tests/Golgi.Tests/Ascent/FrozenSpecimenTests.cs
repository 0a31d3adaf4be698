using Golgi.Ascent;
using Golgi.Data;
using Golgi.Interchange.Onnx;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using Golgi.Opening;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Ascent;

/// <summary>However a frozen network lays pictures out in memory, values and gradients are the network's own.</summary>
[Collection(TorchState.Name)]
public sealed class FrozenSpecimenTests
{
    [Theory]
    [InlineData("cnn-small", 1, 28)]
    [InlineData("lenet5", 1, 28)]
    [InlineData("conv2", 3, 32)]
    [InlineData("resnet20", 3, 32)]
    public void Exported_networks_have_the_gradient_of_the_network(string name, long channels, long side)
    {
        using var plain = ModelCatalog.Build(name, [channels, side, side], 10, null, 3);
        plain.eval();
        AgreesWithItself(OnnxImporter.Import(OnnxExporter.ToModel(plain, [channels, side, side])), channels, side);
    }

    [Theory]
    [InlineData("squeezenet1.1_fp32.onnx", 3, 96)]
    [InlineData("resnet20_cifar10.onnx", 3, 32)]
    [InlineData("mnist.onnx", 1, 28)]
    [InlineData("cifar10_quick.prototxt+cifar10_quick_iter_5000.caffemodel", 3, 32)]
    [InlineData("lenet_deploy.prototxt+lenet_iter_10000.caffemodel", 1, 28)]
    [InlineData("SqueezeNet_deploy.prototxt+decompressed_SqueezeNet.caffemodel", 3, 95)]
    public void Published_networks_have_the_gradient_of_the_network(string files, long channels, long side)
    {
        string folder = Path.Combine(Environment.GetEnvironmentVariable("GOLGI_DATA") ?? "", "models");
        string[] paths = [.. files.Split('+').Select(file => Path.Combine(folder, file))];
        Assert.SkipUnless(paths.All(File.Exists), $"{files} is not in GOLGI_DATA.");
        using var specimen = SpecimenSource.Open(string.Join('+', paths));
        AgreesWithItself(Assert.IsType<OnnxNetwork>(specimen.Network), channels, side);
    }

    private static void AgreesWithItself(OnnxNetwork network, long channels, long side)
    {
        using var scope = NewDisposeScope();
        using var specimen = new Specimen("network", network, [channels, side, side], Preprocessing.UnitRange, []);
        var pictures = (OperatorTests.Noise(3, (int)channels, (int)side, (int)side) + 127.5).clamp(0, 255);
        string layer = specimen.LayerNames[^2];
        var (output, gradient) = Plain();
        using var frozen = new FrozenSpecimen(specimen, [layer]);
        var leaf = pictures.detach().requires_grad_(true);
        var pass = frozen.Look(leaf);
        Near.Equal(output, pass.Output, 1e-4);
        Near.Equal(gradient, autograd.grad([pass.Output.flatten(1).select(1, 1).sum()], [leaf])[0], 1e-3);
        using var still = no_grad();
        Near.Equal(pass[layer].detach(), frozen.Look(pictures)[layer], 1e-4);

        (Tensor Output, Tensor Gradient) Plain()
        {
            var x = pictures.detach().requires_grad_(true);
            var y = network.call(x / 255);
            return (y.detach(), autograd.grad([y.flatten(1).select(1, 1).sum()], [x])[0]);
        }
    }
}
