using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>Pruned weights are 0.</summary>
internal sealed class Zeroed : MaskZero
{
    public override string Name => "zero";

    internal override bool AlsoKept => false;

    internal override Tensor Zeros(IReadOnlyList<Segment> layers, Tensor gone, Tensor down, PhiloxReader reader) => gone;
}
