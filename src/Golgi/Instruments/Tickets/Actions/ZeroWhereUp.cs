using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>A control: 0 where not down, otherwise what the round began with.</summary>
internal sealed class ZeroWhereUp : MaskZero
{
    public override string Name => "control-reverse";

    internal override bool AlsoKept => false;

    internal override Tensor Zeros(IReadOnlyList<Segment> layers, Tensor gone, Tensor down, PhiloxReader reader) =>
        down.logical_not().logical_and_(gone);
}
