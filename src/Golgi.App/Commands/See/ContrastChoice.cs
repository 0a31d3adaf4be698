using System.CommandLine;
using Golgi.Imaging;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary>The option that makes pale pictures visible.</summary>
internal static class ContrastChoice
{
    public static Option<Contrast> Option() => new("--contrast")
    {
        Description = "How pictures are drawn: plain, or stretched, each by itself about middle gray until it fills the range.",
    };

    /// <summary>Pictures as they are drawn.</summary>
    /// <param name="pictures">[N, C, H, W] in [0, 1]; borrowed.</param>
    public static Tensor Apply(Contrast contrast, Tensor pictures) =>
        contrast == Contrast.Plain ? pictures.alias() : Shades.StretchAboutGray(pictures);
}
