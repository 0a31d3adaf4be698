using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Transforms;

/// <summary>A border of middle gray; the network then sees a larger picture.</summary>
/// <param name="pixels">Its width on every side.</param>
public sealed class GrayBorder(int pixels) : Transform
{
    private const double Gray = 127.5;
    private readonly int pixels = (int)Check.InRange(pixels, 0, 4096);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0) =>
        nn.functional.pad(pictures, [pixels, pixels, pixels, pixels], value: Gray);

    /// <inheritdoc/>
    public override string ToString() => $"pad {pixels}";
}
