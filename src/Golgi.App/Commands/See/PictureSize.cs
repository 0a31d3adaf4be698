using System.Globalization;

namespace Golgi.App.Commands.See;

/// <summary>Reads a picture's size: <c>224</c> or <c>160x224</c>, height first.</summary>
internal static class PictureSize
{
    private const int Most = 4096;

    public static (long Height, long Width)? Parse(string? text)
    {
        if (text is null) return null;
        string[] sides = text.Split('x');
        if (sides.Length is 1 or 2 && int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            && int.TryParse(sides[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int width) && Math.Min(height, width) > 0
                && Math.Max(height, width) <= Most)
        {
            return (height, width);
        }

        throw new ArgumentException(
            $"--size is '{text}'; it must be a side from 1 to {Most}, or HEIGHTxWIDTH: 224 or 160x224.");
    }
}
