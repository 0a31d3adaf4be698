using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Transforms;

/// <summary>The center of a picture, in a given size; a picture that is smaller gets a gray border instead.</summary>
/// <param name="height">Rows.</param>
/// <param name="width">Columns.</param>
public sealed class Crop(int height, int width) : Transform
{
    private const double Gray = 127.5;
    private readonly int height = Check.Positive(height), width = Check.Positive(width);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        long rows = height - pictures.shape[2], columns = width - pictures.shape[3];
        long top = Half(rows), left = Half(columns);
        return nn.functional.pad(pictures, [left, columns - left, top, rows - top], value: Gray); // negative: cut off
    }

    /// <inheritdoc/>
    public override string ToString() => $"crop {height}x{width}";

    private static long Half(long pixels) => (long)Math.Floor(pixels / 2.0);
}
