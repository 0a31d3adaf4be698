using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Transforms;

/// <summary>Transforms one after another; neighboring <see cref="Placement"/>s are joined into one sampling.</summary>
public sealed class TransformChain : Transform
{
    private readonly Transform[] parts;

    /// <summary>Puts transforms in a row.</summary>
    /// <param name="parts">First to last; empty: nothing happens.</param>
    public TransformChain(params IReadOnlyList<Transform> parts) =>
        this.parts = [.. parts.SelectMany(part => part is TransformChain chain ? chain.parts : [part])];

    /// <summary>Nothing happens.</summary>
    public static TransformChain None { get; } = new();

    /// <inheritdoc/>
    public override int Views => parts.Aggregate(1, (views, part) => views * part.Views);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0)
    {
        Affine? view = null;
        foreach (var part in parts)
        {
            if (part is Placement placement)
            {
                view = (view ?? Affine.Identity).Then(placement.Draw(random));
                continue;
            }

            if (view is { } pending) pictures = Placement.Sample(pictures, pending);
            view = null;
            pictures = part.Apply(pictures, random, fraction);
        }

        return view is { } last ? Placement.Sample(pictures, last) : pictures;
    }

    internal override Transform For((long Height, long Width) input) => new TransformChain([.. parts.Select(part => part.For(input))]);

    /// <inheritdoc/>
    public override string ToString() =>
        parts.Length == 0 ? "none" : string.Join(", ", parts.Select(part => part.ToString()));
}
