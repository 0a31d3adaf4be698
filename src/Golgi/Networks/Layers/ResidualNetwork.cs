using static TorchSharp.torch;

namespace Golgi.Networks.Layers;

/// <summary>Residual networks for CIFAR: a convolution, three stages of n blocks with 16, 32 and 64 channels, a mean
/// and a matrix.</summary>
/// <remarks>He, Zhang, Ren and Sun 2015 (arXiv 1512.03385), section 4.2, option A. Parameters have the names of
/// Y. Idelbayev's PyTorch implementation, so that its weights load: <c>layer1.0.conv1.weight</c>,
/// <c>linear.bias</c>.</remarks>
internal static class ResidualNetwork
{
    /// <summary>Builds one.</summary>
    /// <param name="depth">6n + 2.</param>
    /// <param name="channels">Channels of the input.</param>
    public static LayerSequence Build(int depth, long channels, int classes)
    {
        int blocks = (depth - 2) / 6;
        return new LayerSequence($"resnet{depth}",
        [
            ("conv1", nn.Conv2d(channels, 16, 3, padding: 1L, bias: false)),
            ("bn1", nn.BatchNorm2d(16)),
            ("relu1", nn.ReLU()),
            ("layer1", Stage(16, 16, blocks)),
            ("layer2", Stage(16, 32, blocks)),
            ("layer3", Stage(32, 64, blocks)),
            ("pool", nn.AdaptiveAvgPool2d(1)),
            ("flatten", nn.Flatten()),
            ("linear", nn.Linear(64, classes)),
        ]);
    }

    private static LayerSequence Stage(long channels, long filters, int blocks) => new("stage",
    [
        .. Enumerable.Range(0, blocks).Select(i =>
            ($"{i}", (nn.Module<Tensor, Tensor>)new ResidualBlock(i == 0 ? channels : filters, filters))),
    ]);
}
