using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>Another action, times the layer's weights / its kept weights.</summary>
/// <param name="inner">The other action.</param>
internal sealed class Rescaled(MaskOne inner) : MaskOne
{
    public override string Name => inner.Name + "-rescaled";

    internal override Tensor Rest(StartVectors vectors) => inner.Rest(vectors);

    internal override Tensor Layer(Segment layer, Tensor kept, StartVectors vectors, PhiloxReader reader)
    {
        var own = inner.Layer(layer, kept, vectors, reader);
        return own * ((double)layer.Length / Math.Max(1, own.shape[0]));
    }
}
