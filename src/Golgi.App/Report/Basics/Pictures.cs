using Golgi.App.Report.Plots;
using Golgi.Data;
using Golgi.Imaging;
using static TorchSharp.torch;

namespace Golgi.App.Report.Basics;

/// <summary>Examples and filters as figures.</summary>
internal static class Pictures
{
    private const int WantedSize = 84;

    /// <summary>One example of a set of images.</summary>
    public static PictureFigure Example(Examples examples, long index, string title)
    {
        using var scope = NewDisposeScope();
        return Figure(Viewable(examples.Read(tensor(new[] { index })))[0], title);
    }

    /// <summary>An image [C, H, W] at a size at which its pixels can be seen.</summary>
    public static PictureFigure Figure(Tensor image, string title, double? scale = null)
    {
        int height = (int)image.shape[1], width = (int)image.shape[2];
        return new PictureFigure
        {
            Title = title,
            Png = Picture.EncodePng(image),
            PixelWidth = width,
            PixelHeight = height,
            Scale = scale ?? Scale(Math.Max(height, width)),
        };
    }

    /// <summary>CSS pixels per pixel for images of a size.</summary>
    public static double Scale(int size) => size >= WantedSize ? (double)WantedSize / size : Math.Max(1, Math.Round((double)WantedSize / size));

    /// <summary>Raw inputs as pictures: bytes stay, numbers are stretched over what the images span; more than three channels
    /// become their mean.</summary>
    /// <param name="raw">[N, C, H, W].</param>
    /// <returns>The caller owns it.</returns>
    public static Tensor Viewable(Tensor raw)
    {
        using var scope = NewDisposeScope();
        var images = raw.dtype == ScalarType.Byte ? raw : Shades.Stretch(raw);
        if (images.shape[1] is not (1 or 3)) images = images.to(ScalarType.Float32).mean([1], keepdim: true).to(images.dtype);
        return images.clone().MoveToOuterDisposeScope();
    }
}
