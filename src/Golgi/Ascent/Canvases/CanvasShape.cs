using Golgi.Foundation;

namespace Golgi.Ascent.Canvases;

/// <summary>A batch of pictures' sizes.</summary>
/// <param name="Count">Pictures, N.</param>
/// <param name="Channels">C.</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
public sealed record CanvasShape(long Count, long Channels, long Height, long Width)
{
    /// <summary>[N, C, H, W].</summary>
    public long[] Sizes =>
    [
        Check.Positive(Count, nameof(Count)), Check.Positive(Channels, nameof(Channels)),
        Check.Positive(Height, nameof(Height)), Check.Positive(Width, nameof(Width)),
    ];
}
