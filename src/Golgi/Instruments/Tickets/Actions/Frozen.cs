using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>Pruned weights stay what the round began with.</summary>
internal sealed class Frozen : MaskZero
{
    public override string Name => "freeze";

    internal override bool AlsoKept => false;

    internal override Tensor Zeros(IReadOnlyList<Segment> layers, Tensor gone, Tensor down, PhiloxReader reader) => zeros_like(gone);
}
