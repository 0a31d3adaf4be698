using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>0 where down, otherwise what the round began with.</summary>
internal sealed class ZeroWhereDown : MaskZero
{
    public override string Name => "variant-1";

    internal override bool AlsoKept => false;

    internal override Tensor Zeros(IReadOnlyList<Segment> layers, Tensor gone, Tensor down, PhiloxReader reader) => down.logical_and(gone);
}
