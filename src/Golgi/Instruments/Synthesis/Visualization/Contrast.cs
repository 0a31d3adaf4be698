using Golgi.Imaging;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>How strongly pictures are shown.</summary>
public enum Contrast
{
    /// <summary>As they were made.</summary>
    Plain,

    /// <summary>Each by itself about middle gray until it fills the range; see <see cref="Shades.StretchAboutGray"/>.</summary>
    Stretched,
}
