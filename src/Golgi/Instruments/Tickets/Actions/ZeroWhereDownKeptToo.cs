using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>0 where down, otherwise what the round began with; kept weights that are down begin at 0 too.</summary>
internal sealed class ZeroWhereDownKeptToo : MaskZero
{
    public override string Name => "variant-2";

    internal override bool AlsoKept => true;

    internal override Tensor Zeros(IReadOnlyList<Segment> layers, Tensor gone, Tensor down, PhiloxReader reader) => down.logical_and(gone);
}
