using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>Back to the first weights, or those of an early step.</summary>
internal sealed class Rewound : MaskOne
{
    public override string Name => "rewind";

    internal override Tensor Rest(StartVectors vectors) => vectors.Rewind;

    internal override Tensor Layer(Segment layer, Tensor kept, StartVectors vectors, PhiloxReader reader) =>
        WeightVector.Window(vectors.Rewind, layer).masked_select(kept);
}
