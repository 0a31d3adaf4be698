using Golgi.Interchange.Onnx;
using Golgi.Networks.Catalog;
using Golgi.Networks.Export;
using Golgi.Networks.Layers;
using Golgi.Tests.Interchange;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every layer that Golgi writes as ONNX must satisfy: the file computes what the layer does, in ONNX Runtime and when it is
/// imported again.</summary>
[Collection(TorchState.Name)]
public sealed class LayerExportContract
{
    private static readonly Dictionary<string, (Func<nn.Module<Tensor, Tensor>> Make, long[] Shape)> Layers = new()
    {
        ["conv1d"] = (() => nn.Conv1d(3, 5, 3, padding: 1), [3, 11]),
        ["conv2d"] = (() => nn.Conv2d(3, 5, 3), [3, 9, 8]),
        ["conv2d, every setting"] =
            (() => nn.Conv2d(4, 6, (3, 2), stride: (2, 1), padding: (1, 2), dilation: (1, 2), groups: 2, bias: false), [4, 9, 8]),
        ["conv2d, same size"] = (() => nn.Conv2d(2, 3, 3, TorchSharp.Padding.Same), [2, 7, 6]),
        ["conv3d"] = (() => nn.Conv3d(2, 3, 2), [2, 4, 5, 6]),
        ["transposed conv2d"] = (() => nn.ConvTranspose2d(3, 4, 3, stride: 2, padding: 1, output_padding: 1), [3, 5, 6]),
        ["transposed conv2d, groups"] = (() => nn.ConvTranspose2d(4, 6, 2, groups: 2, bias: false), [4, 5, 6]),
        ["linear"] = (() => nn.Linear(7, 4), [7]),
        ["linear without bias"] = (() => nn.Linear(7, 4, hasBias: false), [7]),
        ["batch norm 1d"] = (() => nn.BatchNorm1d(6, eps: 0.01), [6]),
        ["batch norm 2d"] = (() => nn.BatchNorm2d(3), [3, 5, 4]),
        ["batch norm 2d, no weights"] = (() => nn.BatchNorm2d(3, affine: false), [3, 5, 4]),
        ["batch norm 3d"] = (() => nn.BatchNorm3d(3), [3, 2, 5, 4]),
        ["layer norm"] = (() => nn.LayerNorm([5, 4], 0.01), [3, 5, 4]),
        ["layer norm, no weights"] = (() => nn.LayerNorm([4], elementwise_affine: false), [3, 4]),
        ["max pool"] = (() => nn.MaxPool2d(2), [2, 7, 8]),
        ["max pool, every setting"] = (() => nn.MaxPool2d((3, 2), (2, 1), (1, 0), (1, 2), ceil_mode: true), [2, 8, 9]),
        ["average pool"] = (() => nn.AvgPool2d(3, 2, 1), [2, 7, 8]),
        ["average pool, without padding"] = (() => nn.AvgPool2d(3, 2, 1, count_include_pad: false), [2, 7, 8]),
        ["global average pool"] = (() => nn.AdaptiveAvgPool2d(1), [4, 5, 6]),
        ["flatten"] = (() => nn.Flatten(), [3, 4, 5]),
        ["dropout"] = (() => nn.Dropout(0.7), [9]),
        ["dropout 2d"] = (() => nn.Dropout2d(0.7), [3, 4, 5]),
        ["identity"] = (() => nn.Identity(), [9]),
        ["relu"] = (() => nn.ReLU(), [9]),
        ["sigmoid"] = (() => nn.Sigmoid(), [9]),
        ["tanh"] = (() => nn.Tanh(), [9]),
        ["gelu"] = (() => nn.GELU(), [9]),
        ["softplus"] = (() => nn.Softplus(), [9]),
        ["elu"] = (() => nn.ELU(0.7), [9]),
        ["leaky relu"] = (() => nn.LeakyReLU(0.3), [9]),
        ["softmax"] = (() => nn.Softmax(1), [9]),
        ["log softmax"] = (() => nn.LogSoftmax(1), [9]),
        ["sequence"] = (() => nn.Sequential(("a", nn.Linear(9, 4)), ("b", nn.ReLU()), ("c", nn.Linear(4, 3))), [9]),
        ["layer sequence"] = (() => new LayerSequence("net", [("a", nn.Linear(9, 4)), ("b", nn.Sigmoid())]), [9]),
        ["channel padding"] = (() => new ChannelPadding(2), [3, 6, 8]),
        ["residual block"] = (() => new ResidualBlock(4, 8), [4, 6, 8]),
    };

    public static TheoryData<string> Kinds => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_file_computes_what_the_layer_does(string kind)
    {
        using var scope = NewDisposeScope();
        var (make, shape) = Layers[kind];
        using var layer = make();
        Disturb(layer);
        layer.eval();
        var x = randn([3, .. shape], generator: new Generator(6));
        var expected = layer.call(x).detach();
        byte[] bytes = OnnxWriter.ToBytes(OnnxExporter.ToModel(layer, shape));
        using var oracle = new OnnxOracle(bytes);
        Near.Equal(expected, oracle.Run(x), Near.Single);
        using var again = OnnxImporter.Import(OnnxReader.Parse("memory", bytes));
        again.eval();
        Near.Equal(expected, again.call(x), Near.Single);

        // And once more from the import, whose weights must be the ones written.
        using var twice = OnnxImporter.Import(OnnxReader.Parse("memory", OnnxWriter.ToBytes(OnnxExporter.ToModel(again, shape))));
        twice.eval();
        Near.Exact(again.call(x), twice.call(x));
    }

    [Fact]
    public void Modules_that_export_themselves_are_all_in_the_list()
    {
        var listed = Layers.Values.Select(entry => entry.Make().GetType()).ToHashSet();
        Assert.All(
            typeof(IOnnxExport).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IOnnxExport))),
            type => Assert.Contains(type, listed));
    }

    [Fact]
    public void Layers_of_the_catalog_s_networks_are_in_the_list_or_refused_by_name()
    {
        var listed = Layers.Values.Select(entry => entry.Make().GetType()).ToHashSet();
        foreach (var entry in ModelCatalog.All)
        {
            using var scope = NewDisposeScope();
            string name = entry.Name.Replace("A-B-...-Z", "784-20-10", StringComparison.Ordinal);
            using var network = ModelCatalog.Build(name, entry.InputShape, entry.Classes, null, 1);
            foreach (var (path, layer) in network.named_modules().Where(one => !listed.Contains(one.module.GetType())))
            {
                var error = Assert.Throws<ArgumentException>(() => OnnxExporter.ToModel(network, entry.InputShape));
                Assert.Contains($"'{path}' is a {layer.GetType().Name}", error.Message, StringComparison.Ordinal);
                break; // the first of them is named
            }
        }
    }

    // ONNX's Flatten makes two axes of all, so that it is another map unless the first axis alone stays.
    [Fact]
    public void What_the_file_could_not_say_is_refused_by_name()
    {
        using var scope = NewDisposeScope();
        foreach (nn.Module<Tensor, Tensor> layer in new nn.Module<Tensor, Tensor>[]
        {
            nn.Flatten(2), nn.Flatten(1, 2), nn.AdaptiveAvgPool2d(2), nn.AvgPool2d(2, divisor_override: 3), nn.SELU(),
            nn.Conv2d(1, 1, 3, padding: 1, padding_mode: TorchSharp.PaddingModes.Reflect), nn.BatchNorm2d(3, track_running_stats: false),
        })
        {
            using var network = nn.Sequential(("odd", layer));
            var error = Assert.Throws<ArgumentException>(() => OnnxExporter.ToModel(network, [3, 8, 8]));
            Assert.Contains("'odd'", error.Message, StringComparison.Ordinal);
        }
    }

    // Running statistics of 0 and 1 and weights of 1 would hide an exchange of them.
    private static void Disturb(nn.Module layer)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var generator = new Generator(8);
        foreach (var (_, tensor) in layer.named_parameters()) tensor.add_(randn(tensor.shape, generator: generator).mul_(0.3));
        foreach (var (_, tensor) in layer.named_buffers().Where(entry => entry.buffer.is_floating_point()))
        {
            tensor.add_(rand(tensor.shape, generator: generator));
        }
    }
}
