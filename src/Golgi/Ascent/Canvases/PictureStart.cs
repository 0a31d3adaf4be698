using Golgi.Foundation;

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
}
