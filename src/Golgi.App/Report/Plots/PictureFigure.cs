namespace Golgi.App.Report.Plots;

/// <summary>A picture, its pixels left sharp, with frames around places of it.</summary>
internal sealed record PictureFigure : IFigure
{
    /// <summary>What it shows, for those who cannot see it.</summary>
    public required string Title { get; init; }

    /// <summary>A PNG file.</summary>
    public required byte[] Png { get; init; }

    /// <summary>Its width in pixels.</summary>
    public required int PixelWidth { get; init; }

    /// <summary>Its height in pixels.</summary>
    public required int PixelHeight { get; init; }

    /// <summary>CSS pixels per pixel. Default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Frames, in pixels of the picture.</summary>
    public IReadOnlyList<(double X, double Y, double Width, double Height)> Frames { get; init; } = [];

    /// <inheritdoc/>
    public string ToSvg()
    {
        var svg = new Svg(PixelWidth * Scale, PixelHeight * Scale, Title);
        svg.Image(0, 0, PixelWidth * Scale, PixelHeight * Scale, Png);
        foreach (var (x, y, width, height) in Frames) svg.Rectangle(x * Scale, y * Scale, width * Scale, height * Scale, "place");
        return svg.ToString();
    }
}
