using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>As training left them; only the learning rate starts anew.</summary>
internal sealed class Kept : MaskOne
{
    public override string Name => "keep";

    internal override Tensor Rest(StartVectors vectors) => vectors.Final;

    internal override Tensor Layer(Segment layer, Tensor kept, StartVectors vectors, PhiloxReader reader) =>
        WeightVector.Window(vectors.Final, layer).masked_select(kept);
}
