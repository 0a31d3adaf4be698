using System.Reflection;

namespace Golgi.Imaging;

/// <summary>Letters of 5x7 pixels, so that captions need no font on the machine and look the same everywhere.</summary>
public static class PixelFont
{
    /// <summary>Pixels of a letter from left to right.</summary>
    public const int Width = 5;

    /// <summary>Pixels of a letter from top to bottom.</summary>
    public const int Height = 7;

    /// <summary>Pixels from one letter to the next.</summary>
    public const int Advance = 6;

    private const int GlyphsPerBlock = 16, LinesPerBlock = Height + 1;

    private static readonly Lazy<string[]> Lines = new(ReadLines);

    /// <summary>How wide a text is, in pixels of scale 1.</summary>
    public static int Measure(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? 0 : (text.Length * Advance) - 1;
    }

    /// <summary>Whether a letter's pixel is inked; what the font lacks is drawn as a question mark.</summary>
    public static bool Inked(char letter, int x, int y)
    {
        int glyph = letter is >= ' ' and <= '~' ? letter - ' ' : '?' - ' ';
        string line = Lines.Value[((glyph / GlyphsPerBlock) * LinesPerBlock) + y];
        int at = ((glyph % GlyphsPerBlock) * Advance) + x;
        return at < line.Length && line[at] == '#';
    }

    private static string[] ReadLines()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Golgi.Imaging.PixelFont.txt")
            ?? throw new InvalidOperationException("The library lacks its resource PixelFont.txt.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n');
    }
}
