using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>Plus or minus the deviation of the layer's first weights, signs shuffled within the layer.</summary>
internal sealed class SignedConstant : MaskOne
{
    public override string Name => "constant";

    internal override Tensor Rest(StartVectors vectors) => vectors.Rewind;

    internal override Tensor Layer(Segment layer, Tensor kept, StartVectors vectors, PhiloxReader reader)
    {
        var first = WeightVector.Window(vectors.First, layer);
        return Shuffle(first.sign(), reader).masked_select(kept) * first.std(unbiased: false);
    }
}
