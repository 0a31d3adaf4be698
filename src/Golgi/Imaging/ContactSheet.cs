using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Imaging;

/// <summary>Many small images on one picture, row by row, with captions.</summary>
public sealed record ContactSheet
{
    private const byte Paper = 255, Ink = 40;
    private const int CaptionGap = 2;

    /// <summary>Images in a row. Default 10.</summary>
    public int Columns { get; init => field = Check.Positive(value, nameof(Columns)); } = 10;

    /// <summary>Each pixel becomes a square of so many. Default 2.</summary>
    public int Scale { get; init => field = (int)Check.InRange(value, 1, 64, nameof(Scale)); } = 2;

    /// <summary>Pixels between images and around them. Default 4.</summary>
    public int Gap { get; init => field = (int)Check.InRange(value, 0, 1024, nameof(Gap)); } = 4;

    /// <summary>A text under each image, in the images' order; empty: none. Longer ones than fit are cut. Letters
    /// beyond ASCII show as question marks.</summary>
    public IReadOnlyList<string> Captions { get; init; } = [];

    /// <summary>A text to the left of each row; empty: none.</summary>
    public IReadOnlyList<string> RowCaptions { get; init; } = [];

    /// <summary>Draws the sheet.</summary>
    /// <param name="images">[N, C, H, W] as <see cref="Picture"/> takes them, N above 0.</param>
    /// <returns>uint8 [3, height, width]; the caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no image, or the shape or type is wrong.</exception>
    public Tensor Draw(Tensor images)
    {
        using var scope = NewDisposeScope();
        var rgb = Picture.ToBytes(Check.Shape(images, "[N, C, H, W]"));      // [N, H, W, 3]
        int count = (int)Check.Positive(rgb.shape[0]), height = (int)rgb.shape[1], width = (int)rgb.shape[2];
        int columns = Math.Min(Columns, count), rows = (count + columns - 1) / columns;
        int cellWidth = (width * Scale) + Gap;
        int cellHeight = (height * Scale) + Gap + (Captions.Count > 0 ? PixelFont.Height + CaptionGap : 0);
        int margin = RowCaptions.Count == 0 ? Gap : RowCaptions.Max(PixelFont.Measure) + (2 * Gap);

        var canvas = new PixelCanvas(margin + (columns * cellWidth), Gap + (rows * cellHeight), Paper);
        var bytes = rgb.bytes;
        int size = 3 * width * height;
        for (int i = 0; i < count; i++)
        {
            int left = margin + ((i % columns) * cellWidth), top = Gap + ((i / columns) * cellHeight);
            canvas.Image(bytes.Slice(i * size, size), width, left, top, Scale);
            if (i < Captions.Count) canvas.Text(Fit(Captions[i], width * Scale), left, top + (height * Scale) + CaptionGap, Ink);
            if (i % columns == 0 && i / columns < RowCaptions.Count)
            {
                canvas.Text(RowCaptions[i / columns], Gap, top + ((height * Scale) - PixelFont.Height) / 2, Ink);
            }
        }

        var sheet = tensor(canvas.Pixels, [canvas.Height, canvas.Width, 3], ScalarType.Byte);
        return sheet.permute(2, 0, 1).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Draws the sheet into a PNG file; its folder is made if need be.</summary>
    /// <inheritdoc cref="Draw" path="/exception"/>
    public void Save(Tensor images, string path)
    {
        using var sheet = Draw(images);
        Picture.Save(sheet, path);
    }

    private static string Fit(string caption, int width) =>
        caption[..Math.Min(caption.Length, (width + 1) / PixelFont.Advance)];
}
