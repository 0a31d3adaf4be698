using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>Another action, but each weight has the sign that it had at first.</summary>
/// <param name="inner">The other action.</param>
internal sealed class SameSign(MaskOne inner) : MaskOne
{
    public override string Name => inner.Name + "-same-sign";

    internal override Tensor Rest(StartVectors vectors) => inner.Rest(vectors);

    internal override Tensor Layer(Segment layer, Tensor kept, StartVectors vectors, PhiloxReader reader) =>
        inner.Layer(layer, kept, vectors, reader).abs() * WeightVector.Window(vectors.First, layer).masked_select(kept).sign();
}
