using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>What plain pixels start from: a level and noise around it. Other canvases have starts of their
/// own.</summary>
/// <param name="Deviation">Standard deviation of normal noise, raw units; 0: none.</param>
/// <param name="Level">Raw level of all channels; null: the mean picture.</param>
/// <param name="Uniform">Even noise over 0 to 255 instead.</param>
public sealed record PictureStart(double Deviation, double? Level = null, bool Uniform = false)
{
    /// <summary>The mean picture, exactly.</summary>
    public static PictureStart Mean { get; } = new(0);

    /// <inheritdoc cref="PictureStart(double, double?, bool)" path="/param[@name='Deviation']"/>
    public double Deviation { get; } = Check.NotNegative(Deviation);

    /// <summary>Whether pixels begin between black and white. Default true.</summary>
    public bool Clamped { get; init; } = true;

    /// <summary>Draws the pictures.</summary>
    /// <param name="shape">The pictures.</param>
    /// <param name="mean">The mean picture's raw level, [1, C, 1, 1].</param>
    /// <param name="noise">Picture n reads stream n.</param>
    /// <returns>Raw pixels, [N, C, H, W].</returns>
    internal Tensor Draw(CanvasShape shape, Tensor mean, Philox noise)
    {
        if (Uniform) return StartNoise.DrawUniform(shape.Sizes, noise) * PictureUnits.White;
        var level = Level is { } gray ? full([1, 1, 1, 1], gray) : mean;
        var deviations = Deviation > 0 ? StartNoise.Draw(shape.Sizes, noise) * Deviation : zeros(shape.Sizes);
        var pictures = level + deviations;
        return Clamped ? pictures.clamp(0, PictureUnits.White) : pictures;
    }
}
