using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>Drawn anew.</summary>
internal sealed class DrawnAnew : MaskOne
{
    public override string Name => "reinit";

    internal override Tensor Rest(StartVectors vectors) => vectors.Rewind;

    internal override Tensor Layer(Segment layer, Tensor kept, StartVectors vectors, PhiloxReader reader) =>
        WeightVector.Window(vectors.Fresh, layer).masked_select(kept);
}
