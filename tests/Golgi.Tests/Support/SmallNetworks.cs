using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Tests.Support;

/// <summary>Networks that try the hooks: one that frees its intermediates, one that throws.</summary>
internal static class SmallNetworks
{
    /// <summary>TorchSharp's Sequential, which disposes what its layers give. Always the same weights: with others a unit may never answer.</summary>
    public static nn.Module<Tensor, Tensor> Sequential() => Seeds.Build(1, () => nn.Sequential(
        ("fc1", nn.Linear(3, 4)), ("relu1", nn.ReLU()), ("fc2", nn.Linear(4, 2))));

    /// <summary>fc1, then an exception.</summary>
    public static nn.Module<Tensor, Tensor> Throwing() => nn.Sequential(("fc1", nn.Linear(3, 4)), ("bomb", new Bomb()));

    private sealed class Bomb() : nn.Module<Tensor, Tensor>("bomb")
    {
        public override Tensor forward(Tensor input) => throw new InvalidDataException("boom");
    }
}
