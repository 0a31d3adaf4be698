using Golgi.Networks.Layers;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks.Layers;

public sealed class UntiedConvolutionTests
{
    [Fact]
    public void With_the_same_kernels_everywhere_it_is_a_convolution()
    {
        using var scope = NewDisposeScope();
        using var convolution = nn.Conv2d(2, 3, 3);
        using var untied = new UntiedConvolution([2, 6, 5], 3, 3);
        Assert.Equal([3, 4, 3], untied.OutputShape);
        using (no_grad())
        {
            var state = untied.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
            state["weight"].copy_(convolution.weight.repeat(12, 1, 1, 1));
            state["bias"].copy_(convolution.bias!.repeat(12));
        }

        var x = randn(4, 2, 6, 5);
        Near.Equal(convolution.call(x), untied.call(x), 1e-5);
    }

    [Fact]
    public void A_place_s_kernel_moves_the_output_of_that_place_alone()
    {
        using var scope = NewDisposeScope();
        using var untied = new UntiedConvolution([1, 4, 4], 2, 3);
        using (no_grad()) untied.parameters().First()[(3 * 2) + 1] = ones(1, 3, 3); // place (1, 1), filter 1
        var y = untied.call(ones(1, 1, 4, 4));
        Assert.Equal(9, y[0, 1, 1, 1].item<float>());
        Assert.Equal(9, y.sum().item<float>());
    }

    [Fact]
    public void An_input_smaller_than_a_patch_is_refused() => Assert.Contains(
        "at least 5", Assert.Throws<ArgumentException>(() => new UntiedConvolution([1, 4, 9], 2, 5)).Message);
}
