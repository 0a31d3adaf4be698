using Golgi.Data;
using Golgi.Networks;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Synthesis;

/// <summary>Small networks that look at pictures of any size.</summary>
internal static class SeeingNetworks
{
    /// <summary>conv1 (4 filters), act1, conv2 (5 filters), pool, flat, fc (3 classes); loud: a gray level counts 25
    /// times as much.</summary>
    public static Specimen Small(int channels = 1, int height = 12, int width = 12, bool softmax = false, bool loud = false, long seed = 1)
    {
        var network = Seeds.Build(seed, () => nn.Sequential(
        [
            ("conv1", nn.Conv2d(channels, 4, 3, padding: 1L)), ("act1", nn.ELU()), ("conv2", nn.Conv2d(4, 5, 3, padding: 1L)), ("act2", nn.ReLU()),
            ("pool", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()), ("fc", nn.Linear(5, 3)),
            .. softmax ? [("softmax", (nn.Module<Tensor, Tensor>)nn.Softmax(1))] : ((string, nn.Module<Tensor, Tensor>)[])[],
        ]));
        using (no_grad()) ((TorchSharp.Modules.Conv2d)network.named_modules().First(layer => layer.name == "conv2").module).bias!.add_(0.5); // awake
        var preprocessing = loud ? new Preprocessing { Scale = 1, Mean = [127.5], Std = [10] } : Preprocessing.UnitRange;
        return new Specimen("small", network, [channels, height, width], preprocessing, ["a", "b", "c"]);
    }

    /// <summary>What energies see: pictures alone.</summary>
    public static Golgi.Ascent.ForwardPass Pass(Tensor pictures) => new(pictures, pictures, null!);
}
