using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Transforms;

/// <summary>Shifts by whole pixels, around the border: no pixel is lost or blurred.</summary>
/// <remarks>The jitter of Mordvintsev et al. 2015.</remarks>
/// <param name="pixels">From −pixels to pixels in each direction.</param>
public sealed class Roll(int pixels) : Transform
{
    private readonly int pixels = (int)Check.InRange(pixels, 0, 4096);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0)
    {
        ArgumentNullException.ThrowIfNull(random);
        long rows = random.Next((2 * pixels) + 1) - pixels, columns = random.Next((2 * pixels) + 1) - pixels;
        return pictures.roll([rows, columns], [2L, 3L]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"roll {pixels}";
}
