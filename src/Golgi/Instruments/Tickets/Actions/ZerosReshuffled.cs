using Golgi.Numerics.Random;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>A control: as many zeros in a layer as where down, elsewhere in it.</summary>
internal sealed class ZerosReshuffled : MaskZero
{
    public override string Name => "control-reshuffle";

    internal override bool AlsoKept => false;

    internal override Tensor Zeros(IReadOnlyList<Segment> layers, Tensor gone, Tensor down, PhiloxReader reader)
    {
        var zeroed = down.logical_and(gone);
        foreach (var layer in layers)
        {
            var own = WeightVector.Window(zeroed, layer);
            var places = WeightVector.Window(gone, layer).nonzero().squeeze(1);
            var chosen = MaskSelection.Sample(places, own.sum().item<long>(), reader);
            own.fill_(false).index_fill_(0, chosen, true);
        }

        return zeroed;
    }
}
