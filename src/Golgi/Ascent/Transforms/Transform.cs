using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Transforms;

/// <summary>What a picture must survive: a random change of view before the network sees it.</summary>
public abstract class Transform
{
    /// <summary>Changes pictures, all of a batch alike.</summary>
    /// <param name="pictures">Raw pixels, [N, C, H, W]; gradients flow through.</param>
    /// <param name="random">The draws of this step.</param>
    /// <param name="fraction">How far the phase is, from 0 to 1.</param>
    /// <returns>[views · N, C, H', W'].</returns>
    public abstract Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0);

    /// <summary>Views of each picture that it gives.</summary>
    public virtual int Views => 1;

    /// <summary>The same for a network of an input size, if what it gives has that size.</summary>
    internal virtual Transform For((long Height, long Width) input) => this;

    /// <summary>The transform in words.</summary>
    public abstract override string ToString();
}
