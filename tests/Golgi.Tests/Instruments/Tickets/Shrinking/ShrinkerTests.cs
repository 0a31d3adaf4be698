using Golgi.Instruments.Tickets.Shrinking;
using Golgi.Interchange.Onnx;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Golgi.Weights;
using Golgi.Weights.Masks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Tickets.Shrinking;

[Collection(TorchState.Name)]
public sealed class ShrinkingTests
{
    [Theory]
    [InlineData("fc-784-20-15-10", 0.003)]
    [InlineData("lenet5", 0.01)]
    [InlineData("cnn-small", 0.02)]
    [InlineData("resnet20", 0.005)]
    public void The_smaller_network_computes_the_same(string model, double keep)
    {
        using var scope = NewDisposeScope();
        long[] shape = model == "resnet20" ? [3, 32, 32] : [1, 28, 28];
        using var network = Sparse(model, shape, keep);
        using var shrunk = Shrinker.Shrink(network, shape);
        Assert.True(shrunk.ParametersAfter < shrunk.ParametersBefore, $"{shrunk.ParametersBefore} became {shrunk.ParametersAfter}");
        var input = rand([16, .. shape]);
        Near.Equal(network.call(input), shrunk.Network.call(input), Near.Single);
    }

    [Fact]
    public void An_imported_network_shrinks_and_the_file_that_is_written_computes_the_same()
    {
        using var scope = NewDisposeScope();
        using var scratch = new Scratch();
        long[] shape = [3, 32, 32];
        using (var network = Sparse("resnet20", shape, 0.005)) OnnxExporter.Export(scratch["whole.onnx"], network, shape);
        using var whole = OnnxImporter.Import(scratch["whole.onnx"]);
        using (var shrunk = Shrinker.Shrink(whole, shape)) OnnxExporter.Export(scratch["small.onnx"], shrunk.Network, shape);
        using var small = OnnxImporter.Import(scratch["small.onnx"]);
        Assert.True(new FileInfo(scratch["small.onnx"]).Length < new FileInfo(scratch["whole.onnx"]).Length / 2);
        var input = rand([16, .. shape]);
        Near.Equal(whole.call(input), small.call(input), Near.Single);
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
        using var shrunk = Shrinker.Shrink(network, [3]);
        Assert.Equal([2, 2], shrunk.Layers.Select(layer => layer.After));
        var input = randn(9, 3);
        Near.Equal(network.call(input), shrunk.Network.call(input), Near.Single);
    }

    [Theory]
    [InlineData("resnet20")]
    [InlineData("conv2")]
    public void Where_nothing_is_dead_nothing_goes(string model)
    {
        using var scope = NewDisposeScope();
        using var network = ModelCatalog.Build(model, [3, 32, 32], 10, null, 1);
        network.eval();
        using var shrunk = Shrinker.Shrink(network, [3, 32, 32]);
        Assert.Equal(shrunk.ParametersBefore, shrunk.ParametersAfter);
        var input = rand(2, 3, 32, 32);
        Near.Equal(network.call(input), shrunk.Network.call(input), Near.Single);
    }

    [Fact]
    public void A_constant_that_a_padded_convolution_reads_stays_unless_it_is_zero()
    {
        using var scope = NewDisposeScope();
        var first = nn.Conv2d(1, 3, 1);
        var second = nn.Conv2d(3, 2, 3, padding: 1L);
        using (no_grad())
        {
            first.weight![0].zero_();
            first.bias![0].fill_(0.7);                                       // a constant that a border would cut off
            first.weight![1].zero_();
            first.bias![1].fill_(-0.7);                                      // 0 after the rectifier
        }

        using var network = nn.Sequential(("a", first), ("r", nn.ReLU()), ("b", second));
        using var shrunk = Shrinker.Shrink(network, [1, 5, 5]);
        Assert.Equal([2, 2], shrunk.Layers.Select(layer => layer.After));
        var input = randn(9, 1, 5, 5);
        Near.Equal(network.call(input), shrunk.Network.call(input), Near.Single);
    }

    [Fact]
    public void Channels_that_are_added_to_each_other_go_only_if_all_are_dead()
    {
        using var scope = NewDisposeScope();
        using var network = ModelCatalog.Build("resnet20", [3, 32, 32], 10, null, 1);
        network.eval();
        using (no_grad())
        {
            var weights = network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
            weights["layer3.0.conv2.weight"][^1].zero_();                    // dead here, alive in what is added to it
            string[] last = [.. weights.Keys.Where(
                name => name.StartsWith("layer3.", StringComparison.Ordinal) && name.EndsWith("conv2.weight", StringComparison.Ordinal))];
            foreach (string name in last) weights[name][0].zero_();          // dead on all paths: the shortcut is zeros there
            weights["layer3.1.conv1.weight"][5].zero_();                     // inside a block
        }

        using var shrunk = Shrinker.Shrink(network, [3, 32, 32]);
        long After(string layer) => shrunk.Layers.Single(one => one.Name == layer).After;
        Assert.Equal([63, 63, 63, 63], new[] { "layer3.0.conv2", "layer3.1.conv2", "layer3.2.conv2", "layer3.1.conv1" }.Select(After));
        Assert.Equal([16, 32, 64], new[] { "conv1", "layer2.0.conv2", "layer3.0.conv1" }.Select(After));
        var input = rand(4, 3, 32, 32);
        Near.Equal(network.call(input), shrunk.Network.call(input), Near.Single);
    }

    [Fact]
    public void A_network_whose_layers_are_unknown_is_refused_with_the_way_out()
    {
        using var network = new Opaque();
        Assert.Contains("IOnnxExport", Assert.Throws<ArgumentException>(() => Shrinker.Shrink(network, [4])).Message, StringComparison.Ordinal);
    }

    private static nn.Module<Tensor, Tensor> Sparse(string model, long[] shape, double keep)
    {
        var network = ModelCatalog.Build(model, shape, 10, null, 4);
        using var noise = new Generator(2);
        using var weights = new WeightVector(network);
        using var _ = no_grad();
        foreach (var own in weights.Segments.Where(segment => !segment.IsKernel))
        {
            WeightVector.Window(weights.Values, own).normal_(0, 0.1, noise);
        }

        foreach (var (name, buffer) in network.named_buffers())
        {
            if (name.EndsWith("running_mean", StringComparison.Ordinal)) buffer.normal_(0, 0.1, noise);
        }

        using var all = new Mask(weights);
        using var mask = all.KeepLargest(weights.Values.abs(), (long)(keep * all.Total), new Philox(1));
        weights.Values.mul_(mask.Kept);
        network.eval();
        return network;
    }

    private sealed class Opaque() : nn.Module<Tensor, Tensor>("opaque")
    {
        public override Tensor forward(Tensor input) => input.alias();
    }
}
