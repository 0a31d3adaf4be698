namespace Golgi.App.Commands.See;

/// <summary>How strongly pictures are shown.</summary>
internal enum Contrast
{
    /// <summary>As they were made.</summary>
    Plain,

    /// <summary>By <see cref="Golgi.Imaging.Shades.StretchAboutGray"/>.</summary>
    Stretched,
}
