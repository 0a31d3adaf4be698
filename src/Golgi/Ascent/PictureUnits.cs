using static TorchSharp.torch;

namespace Golgi.Ascent;

/// <summary>The scales of a picture: raw pixels run from 0 to 255; energies are stated in the unit range, from 0 to
/// 1.</summary>
internal static class PictureUnits
{
    public const double White = 255;

    /// <summary>0 to 255 to 0 to 1.</summary>
    public static Tensor Unit(Tensor raw) => raw * (1 / White);
}
