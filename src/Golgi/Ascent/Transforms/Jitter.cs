using Golgi.Foundation;
using Golgi.Numerics.Random;

namespace Golgi.Ascent.Transforms;

/// <summary>Shifts by whole pixels, each direction drawn evenly.</summary>
/// <param name="pixels">From −pixels/2 to pixels/2 rounded towards the center, as a random crop that takes away so
/// many pixels.</param>
public sealed class Jitter(int pixels) : Placement
{
    private readonly int pixels = (int)Check.InRange(pixels, 0, 4096);

    /// <inheritdoc/>
    public override string ToString() => $"jitter {pixels}";

    internal override Affine Draw(PhiloxReader random) =>
        Affine.Shift(random.Next(pixels + 1) - (pixels / 2), random.Next(pixels + 1) - (pixels / 2));
}
