using System.CommandLine;
using Golgi.Instruments.Synthesis.Visualization;

namespace Golgi.App.Commands.See;

/// <summary>The option that makes pale pictures visible.</summary>
internal static class ContrastChoice
{
    /// <summary>The contrast that shows pale pictures, by a name that a command's own option does not hide.</summary>
    public const Contrast Stretched = Contrast.Stretched;

    public static Option<Contrast> Option() => new("--contrast")
    {
        Description = "How pictures are drawn: plain, or stretched, each by itself about middle gray until it fills the range.",
    };
}
