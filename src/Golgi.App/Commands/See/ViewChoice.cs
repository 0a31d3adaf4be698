using System.Globalization;
using Golgi.Ascent.Transforms;
using Golgi.Foundation;
using Golgi.Instruments.Synthesis.Presets;

namespace Golgi.App.Commands.See;

/// <summary>Reads what a picture must survive: <c>none</c>, <c>robust</c>, or steps such as
/// <c>pad:12/shift:8/rotate:10</c>.</summary>
internal static class ViewChoice
{
    public const string Usage = "none, robust (shifts, scales, turns), or steps between slashes: "
        + "jitter:PIXELS (around the border), shift:PIXELS, scale:SHARE, rotate:DEGREES, pad:PIXELS, blur:SIGMA";

    private const int Choices = 11; // factors that a scale is drawn from, as many as the robust views have

    /// <summary>Reads it.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="size">The picture's size, to which padded pictures are cut back in the end.</param>
    /// <param name="where">The option or argument, for messages.</param>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public static TransformChain Parse(string text, (long Height, long Width) size, string where) => text switch
    {
        "none" => TransformChain.None,
        "robust" => PresetCatalog.RobustViews(Math.Min(size.Height, size.Width)),
        _ => Steps(text, size, $"{where} is '{text}'; it must be {Usage}."),
    };

    private static TransformChain Steps(string text, (long Height, long Width) size, string message)
    {
        var steps = text.Split('/').Select(part => Step(part, message)).ToList();
        if (steps.Exists(step => step is GrayBorder)) steps.Add(new Crop((int)size.Height, (int)size.Width));
        return new TransformChain(steps);
    }

    private static Transform Step(string text, string message)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 2
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double amount)
            || amount < 0)
        {
            throw new ArgumentException(message);
        }

        return parts[0] switch
        {
            "jitter" => new Roll((int)amount),
            "shift" => new Jitter((int)amount),
            "scale" => new Rescale(Spread(1, Check.InRange(amount, 0, 0.9, "scale"))),
            "rotate" => new Rotate(Spread(0, amount)),
            "pad" => new GrayBorder((int)amount),
            "blur" => new Soften(0, amount),
            _ => throw new ArgumentException(message),
        };
    }

    private static double[] Spread(double middle, double width) =>
        [.. Enumerable.Range(0, Choices).Select(i => middle + (width * ((2.0 * i / (Choices - 1)) - 1)))];
}
