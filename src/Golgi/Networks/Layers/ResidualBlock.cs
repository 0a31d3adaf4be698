using Golgi.Networks.Export;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Networks.Layers;

/// <summary>The block of a CIFAR residual network: relu(bn(conv(relu(bn(conv x)))) + shortcut x).</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>, IOnnxExport
{
    private readonly Conv2d conv1, conv2;
    private readonly BatchNorm2d bn1, bn2;
    private readonly ReLU relu1, relu2;
    private readonly nn.Module<Tensor, Tensor> shortcut;

    /// <summary>Makes a block; one that changes the number of channels halves rows and columns.</summary>
    public ResidualBlock(long channels, long filters)
        : base(nameof(ResidualBlock))
    {
        long stride = channels == filters ? 1 : 2;
        conv1 = nn.Conv2d(channels, filters, 3, stride, padding: 1L, bias: false);
        bn1 = nn.BatchNorm2d(filters);
        relu1 = nn.ReLU();
        conv2 = nn.Conv2d(filters, filters, 3, padding: 1L, bias: false);
        bn2 = nn.BatchNorm2d(filters);
        shortcut = stride == 1 ? nn.Identity() : new ChannelPadding((filters - channels) / 2);
        relu2 = nn.ReLU();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var inner = relu1.call(bn1.call(conv1.call(input)));
        var sum = bn2.call(conv2.call(inner)) + shortcut.call(input);
        return relu2.call(sum).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public string Export(ExportGraph graph, string name, string input)
    {
        string Layer(nn.Module layer, string child, string value) => graph.Module(layer, ExportGraph.Below(name, child), value);

        string inner = Layer(relu1, "relu1", Layer(bn1, "bn1", Layer(conv1, "conv1", input)));
        string outer = Layer(bn2, "bn2", Layer(conv2, "conv2", inner));
        string sum = graph.Node("Add", ExportGraph.Below(name, "sum"), [outer, Layer(shortcut, "shortcut", input)]);
        return Layer(relu2, "relu2", sum);
    }
}
