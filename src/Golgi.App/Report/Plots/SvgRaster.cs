using System.Globalization;
using System.Xml.Linq;
using Golgi.Imaging;
using SkiaSharp;

namespace Golgi.App.Report.Plots;

/// <summary>Draws what <see cref="Svg"/> writes as pixels: its few elements, its classes in the style sheet's light colors, two
/// pixels per CSS pixel. Letters come from <see cref="PixelFont"/>, so that pictures need no font on the machine.</summary>
internal static class SvgRaster
{
    private const float Scale = 2;
    private const int LetterScale = 2;

    /// <summary>The bytes of a PNG file.</summary>
    /// <param name="svg">One element, as <see cref="IFigure.ToSvg"/> gives it.</param>
    public static byte[] ToPng(string svg)
    {
        var root = XElement.Parse(svg);
        float[] box = [.. Attribute(root, "viewBox").Split(' ').Select(Parse)];
        using var bitmap = new SKBitmap((int)Math.Ceiling(box[2] * Scale), (int)Math.Ceiling(box[3] * Scale));
        using var canvas = new SKCanvas(bitmap);
        var colors = StyleSheet.Colors().ToDictionary(entry => entry.Key, entry => SKColor.Parse(entry.Value));
        canvas.Clear(colors["card"]);
        canvas.Scale(Scale);
        foreach (var element in root.Elements()) Draw(canvas, element, colors);
        canvas.Flush();
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return encoded.ToArray();
    }

    private static void Draw(SKCanvas canvas, XElement element, Dictionary<string, SKColor> colors)
    {
        string[] classes = Attribute(element, "class").Split(' ');
        using var paint = Paint(element, classes, colors);
        switch (element.Name.LocalName)
        {
            case "line":
                canvas.DrawLine(Number(element, "x1"), Number(element, "y1"), Number(element, "x2"), Number(element, "y2"), paint);
                break;
            case "rect":
                canvas.DrawRect(Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"), paint);
                break;
            case "circle":
                canvas.DrawCircle(Number(element, "cx"), Number(element, "cy"), Number(element, "r"), paint);
                break;
            case "path":
                using (var path = SKPath.ParseSvgPathData(Attribute(element, "d"))) canvas.DrawPath(path, paint);
                break;
            case "image":
                using (var picture = SKImage.FromEncodedData(Convert.FromBase64String(Attribute(element, "href").Split(',')[1])))
                {
                    var place = SKRect.Create(Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height"));
                    canvas.DrawImage(picture, place, new SKSamplingOptions(SKFilterMode.Nearest));
                }

                break;
            case "text":
                Write(canvas, element, classes, paint);
                break;
        }
    }

    // The same rules as in the style sheet.
    private static SKPaint Paint(XElement element, string[] classes, Dictionary<string, SKColor> colors)
    {
        string first = classes[0];
        string number = classes.Select(name => name.Length == 2 && name[0] is 's' or 'f' ? $"s{name[1..]}" : "").Max()!;
        string color = element.Name.LocalName switch
        {
            "text" when classes.Contains("inverse") => "paper",
            "text" => first is "label" or "legend" || classes.Contains("strong") ? "ink" : "ink2",
            "line" => first switch { "grid" => "rule", "whisker" => "ink", _ => "ink2" },
            _ when number.Length == 2 => number,
            _ => first switch { "cell" => "soft", "heat" or "expected" => first, "place" => "s4", _ => "ink2" },
        };
        bool stroke = element.Name.LocalName == "line" || first is "line" or "place";
        float opacity = first == "band" ? 0.18f : element.Attribute("fill-opacity") is { } given ? Parse(given.Value) : 1;
        return new SKPaint
        {
            Color = colors[color].WithAlpha((byte)Math.Round(255 * opacity)),
            IsStroke = stroke,
            IsAntialias = element.Name.LocalName is "circle" or "path",
            StrokeWidth = first == "line" ? 2 : 1,
            PathEffect = classes.Contains("dashed") ? SKPathEffect.CreateDash([5, 4], 0) : null,
        };
    }

    private static void Write(SKCanvas canvas, XElement element, string[] classes, SKPaint paint)
    {
        string text = element.Value;
        canvas.Save();
        canvas.Translate(Number(element, "x"), Number(element, "y"));
        if (element.Attribute("transform") is { } turn) canvas.RotateDegrees(Parse(turn.Value["rotate(".Length..].Split(' ')[0]));
        canvas.Scale(LetterScale / Scale);
        float width = PixelFont.Measure(text), left = classes.Contains("end") ? -width : classes.Contains("middle") ? -width / 2 : 0;
        canvas.Translate((float)Math.Round(left), -PixelFont.Height);
        for (int letter = 0; letter < text.Length; letter++)
        {
            for (int y = 0; y < PixelFont.Height; y++)
            {
                for (int x = 0; x < PixelFont.Width; x++)
                {
                    if (PixelFont.Inked(text[letter], x, y)) canvas.DrawRect((letter * PixelFont.Advance) + x, y, 1, 1, paint);
                }
            }
        }

        canvas.Restore();
    }

    private static float Number(XElement element, string name) => Parse(Attribute(element, name));

    private static string Attribute(XElement element, string name) => element.Attribute(name)?.Value ?? "";

    private static float Parse(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
