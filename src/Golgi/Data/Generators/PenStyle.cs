using Golgi.Numerics.Random;

namespace Golgi.Data.Generators;

/// <summary>How one digit is written: its size, slant and place, its pen and its paper.</summary>
internal sealed record PenStyle
{
    // Chosen so that networks find the digits as hard as MNIST's; docs/concepts/data.md has the accuracies.
    private const double MostJitter = 0.085, MostElastic = 0.15;

    /// <summary>How far each point of a stroke is moved, in heights of the digit.</summary>
    public double Jitter { get; init; }

    /// <summary>How far the elastic field moves its knots, in heights of the digit.</summary>
    public double Elastic { get; init; }

    /// <summary>The linear map from the sheet to pixels.</summary>
    public double XX { get; init; }

    /// <inheritdoc cref="XX"/>
    public double XY { get; init; }

    /// <inheritdoc cref="XX"/>
    public double YX { get; init; }

    /// <inheritdoc cref="XX"/>
    public double YY { get; init; }

    /// <summary>Where the sheet's middle comes to lie, in pixels.</summary>
    public double ShiftX { get; init; }

    /// <inheritdoc cref="ShiftX"/>
    public double ShiftY { get; init; }

    /// <summary>Half the width of the line, in pixels.</summary>
    public double Radius { get; init; }

    /// <summary>How much the line widens (or narrows) from a stroke's start to its end, as a share of the
    /// radius.</summary>
    public double Pressure { get; init; }

    /// <summary>How fast the edge falls off: 1 over a pixel, 0.5 over two.</summary>
    public double Sharpness { get; init; }

    /// <summary>Grey of full ink, at most 1.</summary>
    public double Darkness { get; init; }

    /// <summary>Deviation of the ink's grey, as a share of it.</summary>
    public double Grain { get; init; }

    /// <summary>Deviation of the grey everywhere.</summary>
    public double Speckle { get; init; }

    /// <summary>Draws a style.</summary>
    public static PenStyle Draw(PhiloxReader random)
    {
        double height = random.Uniform(14.5, 21), width = height * random.Uniform(0.6, 1.0);
        double slant = random.Uniform(-0.18, 0.42);

        // A rotation by 2 atan(h), rational in h.
        double h = random.Uniform(-0.15, 0.15), cos = (1 - (h * h)) / (1 + (h * h)), sin = 2 * h / (1 + (h * h));
        return new PenStyle
        {
            Jitter = MostJitter * random.NextDouble(),
            Elastic = MostElastic * random.NextDouble(),
            XX = cos * width,
            XY = -((sin * height) + (cos * slant * width)),
            YX = sin * width,
            YY = (cos * height) - (sin * slant * width),
            ShiftX = 13.5 + random.Uniform(-2, 2),
            ShiftY = 13.5 + random.Uniform(-2, 2),
            Radius = random.Uniform(0.6, 1.75),
            Pressure = random.Uniform(-0.3, 0.3),
            Sharpness = random.Uniform(0.55, 1),
            Darkness = random.Uniform(0.8, 1),
            Grain = random.Uniform(0, 0.12),
            Speckle = random.Uniform(0, 0.03),
        };
    }
}
