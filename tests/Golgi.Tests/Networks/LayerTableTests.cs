using Golgi.Instruments.Similarity.Studies;
using Golgi.Interchange;
using Golgi.Interchange.Onnx;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using Golgi.Tests.Data;
using Golgi.Tests.Interchange;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks;

public sealed class LayerTableTests
{
    // Multiply-adds by hand: Zhou et al.'s networks, in millions as their layers say; He et al. 2015 give 41 million for ResNet-20.
    [Theory]
    [InlineData("lenet-300-100", (784 * 300) + (300 * 100) + (100 * 10))]
    [InlineData("lenet5", (24 * 24 * 20 * 25) + (8 * 8 * 50 * 20 * 25) + (800 * 500) + (500 * 10))]
    [InlineData("conv2", (32 * 32 * 64 * 27) + (32 * 32 * 64 * 576) + (16384 * 256) + (256 * 256) + 2560)]
    [InlineData(
        "resnet20", (1024 * 16 * 27) + (6 * 1024 * 16 * 144) + (256 * 32 * 144) + (5 * 256 * 32 * 288) + (64 * 64 * 288) + (5 * 64 * 64 * 576) + 640)]
    public void Multiply_adds_are_those_of_the_layers(string name, long expected)
    {
        var entry = ModelCatalog.Find(name);
        using var network = ModelCatalog.Build(name, entry.InputShape, 10, null, 1);
        var table = LayerTable.Of(network, entry.InputShape);
        Assert.Equal(expected, table.MultiplyAdds);
        Assert.Equal(network.parameters().Sum(p => p.numel()), table.Parameters);
    }

    [Fact]
    public void A_file_whose_shapes_fix_the_batch_is_inspected_without_its_layers()
    {
        using var scope = NewDisposeScope();
        using var scratch = new Scratch();
        OnnxWriter.Write(scratch["two.onnx"], OnnxGraphs.Model([2, 3, 4], graph =>
        {
            string flat = graph.Node("Reshape", "flat", ["x", graph.Weight("shape", tensor(new[] { 2L, 12 }))]);
            graph.Node("Gemm", "fc", [flat, graph.Weight("fc.weight", ones(12, 5))]);
        }));
        var found = ModelInspection.Of(scratch["two.onnx"]);
        Assert.Null(found.Layers);
        Assert.Equal(60, found.Parameters);
        Assert.Equal(1, found.Operators["Gemm"]);
    }

    [Fact]
    public void A_residual_networks_last_layer_comes_last()
    {
        using var network = ModelCatalog.Build("resnet20", [3, 32, 32], 10, null, 0);
        var rows = LayerTable.Of(network, [3, 32, 32]).Layers;
        Assert.Equal(["conv1", "bn1", "relu1", "layer1.0.conv1"], rows.Take(4).Select(row => row.Name));
        Assert.Equal(["pool", "flatten", "linear"], rows.TakeLast(3).Select(row => row.Name));
        Assert.Equal("linear", LayerActivations.Usual(network)[^1]);
    }

    [Fact]
    public void Transposed_and_grouped_convolutions_cost_what_their_kernels_say()
    {
        using var network = nn.Sequential(
            ("grouped", nn.Conv2d(4, 8, 3, groups: 2)), ("up", nn.ConvTranspose2d(8, 2, 4, stride: 2)));
        var table = LayerTable.Of(network, [4, 6, 6]);
        Assert.Equal(8 * 16 * 2 * 9, table.Layers[0].MultiplyAdds);  // each of 8·16 outputs: 2 channels at 3×3
        Assert.Equal(8 * 16 * 2 * 16, table.Layers[1].MultiplyAdds); // each of 8·16 inputs: 2 channels at 4×4
        Assert.Equal([2, 10, 10], table.Layers[1].OutputShape);
    }

    [Fact]
    public void Tied_weights_are_counted_once_and_layers_that_are_not_called_have_no_output()
    {
        using var network = new Tied();
        var table = LayerTable.Of(network, [5]);
        Assert.Equal(30, table.Parameters);
        Assert.Equal([50, 25, 0], table.Layers.Select(layer => layer.MultiplyAdds)); // the first is called twice
        Assert.Empty(table.Layers.Single(layer => layer.Name == "unused").OutputShape);
        Assert.Equal(["a", "b"], table.Named(LayerRole.Linear));
    }

    [Fact]
    public void Looking_puts_the_mode_of_the_network_back()
    {
        using var network = ModelCatalog.Build("resnet20", [3, 8, 8], 10, null, 1);
        using var before = network.get_buffer("bn1.running_mean")!.clone();
        LayerTable.Of(network, [3, 8, 8]);
        Assert.True(network.training);
        Near.Exact(before, network.get_buffer("bn1.running_mean")!);
    }

    [Fact]
    public void The_command_prints_every_layer_as_text_and_as_JSON()
    {
        var text = Tool.Call("model", "lenet5");
        var json = Tool.Call("model", "lenet5", "--input", "3,32,32", "--json");
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("431,080", text.Output, StringComparison.Ordinal);
        using var parsed = System.Text.Json.JsonDocument.Parse(json.Output);
        Assert.Equal(8, parsed.RootElement.GetProperty("layers").GetArrayLength());
        Assert.Equal(20 * 28 * 28 * 75, parsed.RootElement.GetProperty("layers")[0].GetProperty("multiply_adds").GetInt64());
    }

    [Theory]
    [InlineData("lenet55", "", "lenet5")]
    [InlineData("lenet5", "3,32", "3,32,32")]
    [InlineData("lenet5", "1,4,4", "too small")]
    public void Wrong_words_are_bad_input(string name, string input, string hint)
    {
        var run = input.Length == 0 ? Tool.Call("model", name) : Tool.Call("model", name, "--input", input);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private sealed class Tied : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear a = nn.Linear(5, 5), b = nn.Linear(5, 5, hasBias: false);
        private readonly TorchSharp.Modules.ReLU unused = nn.ReLU();

        public Tied()
            : base("tied")
        {
            b.weight = a.weight;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var first = a.call(input);
            using var second = a.call(first);
            return b.call(second);
        }
    }
}
