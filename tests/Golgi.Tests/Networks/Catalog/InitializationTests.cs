using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks.Catalog;

[Collection(TorchState.Name)]
public sealed class InitializationTests
{
    // By the definitions, for a kernel [64, 32, 3, 3]: fan in 288, fan out 576.
    [Theory]
    [InlineData("glorot-normal", 2.0 / (288 + 576))]
    [InlineData("glorot-uniform", 2.0 / (288 + 576))]
    [InlineData("kaiming-normal", 2.0 / 288)]
    [InlineData("he-normal", 2.0 / 288)]
    [InlineData("kaiming-uniform", 2.0 / 288)]
    [InlineData("lecun-normal", 1.0 / 288)]
    [InlineData("torch", 1.0 / 288 / 3)] // uniform within ±1/√288
    public void Kernels_have_the_variance_of_their_name_and_biases_are_zero_but_for_torch(string name, double variance)
    {
        using var scope = NewDisposeScope();
        var layer = nn.Sequential(("conv", nn.Conv2d(32, 64, 3)), ("bn", nn.BatchNorm2d(64)));
        Initialization.Apply(layer, name, 3);
        var kernel = layer.get_parameter("conv.weight")!.to(ScalarType.Float64);

        // n = 18,432 numbers: five standard errors of a mean are 5 σ/√n, of a normal's variance 5 σ² √(2/n).
        double n = kernel.numel();
        Assert.InRange(kernel.mean().item<double>(), -5 * Math.Sqrt(variance / n), 5 * Math.Sqrt(variance / n));
        Assert.InRange(kernel.var().item<double>() / variance, 1 - (5 * Math.Sqrt(2 / n)), 1 + (5 * Math.Sqrt(2 / n)));
        Assert.Equal(name != "torch", layer.get_parameter("conv.bias")!.eq(0).all().item<bool>());
        Assert.True(layer.get_parameter("bn.weight")!.eq(1).all().item<bool>());
        Assert.True(layer.get_parameter("bn.bias")!.eq(0).all().item<bool>());
    }

    [Theory]
    [InlineData(20, 50)]
    [InlineData(50, 20)]
    public void Orthogonal_kernels_have_orthonormal_rows_or_columns(long rows, long columns)
    {
        using var scope = NewDisposeScope();
        var kernel = zeros(rows, columns);
        Initialization.Draw(kernel, "orthogonal", new Philox(3));
        var gram = rows < columns ? kernel.mm(kernel.t()) : kernel.t().mm(kernel);
        Near.Equal(eye(20), gram, Near.Single);
    }

    // torch.manual_seed(5); n = Sequential(Linear(784,300), ReLU(), Linear(300,100), ReLU(), Linear(100,10)) in PyTorch 1.13.
    [Fact]
    public void The_initialization_named_torch_gives_the_weights_that_PyTorch_gives_for_the_seed()
    {
        using var scope = NewDisposeScope();
        var network = ModelCatalog.Build("lenet-300-100", [1, 28, 28], 10, "torch", 5);
        Near.Equal(tensor(FirstWeights), network.get_parameter("fc1.weight")!.flatten()[..3], 1e-7);
        Near.Equal(tensor(LastBiases), network.get_parameter("fc3.bias")![..3], 1e-7);
    }

    [Fact]
    public void A_seed_names_the_same_weights_on_every_machine()
    {
        using var scope = NewDisposeScope();
        var network = ModelCatalog.Build("lenet-300-100", [1, 28, 28], 10, "kaiming", 5);
        float[] numbers = new float[3];
        new Philox(5, 1).FillNormal(numbers); // stream 1: the second kernel, fan in 300
        Near.Equal(tensor(numbers) * Math.Sqrt(2.0 / 300), network.get_parameter("fc2.weight")!.flatten()[..3], 1e-7);
    }

    [Fact]
    public void An_unknown_name_is_told_with_the_nearest()
    {
        var error = Assert.Throws<ArgumentException>(() => ModelCatalog.Build("softmax", [4], 2, "glorot", 1));
        Assert.Contains("Nearest: glorot-normal", error.Message, StringComparison.Ordinal);
    }

    private static readonly float[] FirstWeights = [0.0235894211f, -0.026706364f, 0.0291049797f],
    LastBiases = [-0.0568128005f, 0.016826475f, -0.0296269413f];
}
