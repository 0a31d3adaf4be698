using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>The kept first weights of a layer change places.</summary>
internal sealed class Reshuffled : MaskOne
{
    public override string Name => "reshuffle";

    internal override Tensor Rest(StartVectors vectors) => vectors.Rewind;

    internal override Tensor Layer(Segment layer, Tensor kept, StartVectors vectors, PhiloxReader reader) =>
        Shuffle(WeightVector.Window(vectors.First, layer).masked_select(kept), reader);
}
