using Golgi.Models;
using Golgi.Numerics;
using Golgi.Tests.Support;
using Golgi.Tickets;
using Golgi.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Tickets;

[Collection(TorchState.Name)]
public sealed class ShrinkingTests
{
    [Theory]
    [InlineData("fc-784-20-15-10", 0.003)]
    [InlineData("lenet5", 0.01)]
    [InlineData("cnn-small", 0.02)]
    public void The_smaller_network_computes_the_same(string model, double keep)
    {
        using var scope = NewDisposeScope();
        using var network = ModelCatalog.Build(model, [1, 28, 28], 10, null, 4);
        using var noise = new Generator(2);
        using (var weights = new WeightVector(network))
        {
            using var _ = no_grad();
            foreach (var bias in weights.Segments.Where(segment => !segment.IsKernel))
            {
                WeightVector.Window(weights.Values, bias).normal_(0, 0.1, noise);
            }

            using var mask = new Mask(weights).KeepLargest(weights.Values.abs(), (long)(keep * new Mask(weights).Total), new Philox(1));
            weights.Values.mul_(mask.Kept);
        }

        using var shrunk = Shrinking.Shrink(network);
        Assert.True(shrunk.ParametersAfter < shrunk.ParametersBefore, $"{shrunk.ParametersBefore} became {shrunk.ParametersAfter}");
        var input = rand(16, 1, 28, 28);
        Near.Equal(network.call(input), shrunk.Network.call(input), Near.Single);
    }

    [Fact]
    public void Units_that_nothing_reads_and_that_nothing_feeds_go()
    {
        using var scope = NewDisposeScope();
        var first = nn.Linear(3, 4);
        var second = nn.Linear(4, 2);
        using (no_grad())
        {
            first.weight![1].zero_();                                        // a constant
            first.bias![1].fill_(0.7);
            second.weight!.select(1, 2).zero_();                             // unread
        }

        using var network = nn.Sequential(("a", first), ("r", nn.ReLU()), ("b", second));
        using var shrunk = Shrinking.Shrink(network);
        Assert.Equal([2, 2], shrunk.Layers.Select(layer => layer.After));
        var input = randn(9, 3);
        Near.Equal(network.call(input), shrunk.Network.call(input), Near.Single);
    }

    [Fact]
    public void A_network_that_is_no_row_of_layers_is_refused()
    {
        using var network = ModelCatalog.Build("resnet20", [3, 32, 32], 10, null, 1);
        Assert.Throws<ArgumentException>(() => Shrinking.Shrink(network));
    }
}
