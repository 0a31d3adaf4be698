using System.CommandLine;
using Golgi.Data;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary>The option that makes pale pictures visible on a contact sheet.</summary>
internal static class SheetContrast
{
    public static Option<Contrast> Option() => new("--contrast")
    {
        Description = "How the contact sheet shows pictures: plain, or stretched, each by itself about middle gray until it fills the range. The single files stay as they are.",
    };

    /// <summary>Pictures as a sheet shows them.</summary>
    /// <param name="pictures">[N, C, H, W] in [0, 1]; borrowed.</param>
    public static Tensor Apply(Contrast contrast, Tensor pictures) => contrast == Contrast.Plain ? pictures.alias() : Shades.StretchAboutGray(pictures);
}
