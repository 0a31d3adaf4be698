using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>What a canvas may be made from.</summary>
/// <param name="Shape">The pictures.</param>
/// <param name="Noise">The start; picture n reads stream n.</param>
public sealed record CanvasRequest(CanvasShape Shape, Philox Noise)
{
    /// <summary>The mean picture's raw level: one per channel, or one for all. Default middle gray.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [127.5];

    /// <summary>What plain pixels start from.</summary>
    public PictureStart Start { get; init; } = PictureStart.Mean;

    /// <summary>|rfft2| of natural images, [C, H, W/2 + 1]; borrowed. Null: as 1 / frequency.</summary>
    public Func<Tensor>? Magnitudes { get; init; }
}
