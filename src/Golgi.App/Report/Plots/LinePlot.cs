namespace Golgi.App.Report.Plots;

/// <summary>Lines, points and bands over two axes.</summary>
internal sealed class LinePlot : IFigure
{
    private const double Left = 62;
    private const double Right = 14;
    private const double Bottom = 44;

    /// <summary>What it shows, for those who cannot see it.</summary>
    public required string Title { get; init; }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>What is drawn, the first beneath.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Width in CSS pixels. Default 460: two side by side on a page.</summary>
    public double Width { get; init; } = 460;

    /// <summary>Height in CSS pixels. Default 280.</summary>
    public double Height { get; init; } = 280;

    /// <inheritdoc/>
    public string ToSvg()
    {
        var svg = new Svg(Width, Height, Title);
        double top = Legend.Draw(svg, [.. Series.Select((series, i) => (series.Name, Color(series, i)))], Left, Width - Right);
        var x = new AxisMap(X, Series.SelectMany(series => series.X), Left, Width - Right);
        var y = new AxisMap(
            Y, Series.SelectMany(series => series.Y.Concat(series.Low ?? []).Concat(series.High ?? [])), Height - Bottom, top);
        Frame.Draw(svg, X, x, Y, y, (Left, top, Width - Right, Height - Bottom));

        for (int i = 0; i < Series.Count; i++) Band(svg, Series[i], Color(Series[i], i), x, y);
        for (int i = 0; i < Series.Count; i++) Draw(svg, Series[i], Color(Series[i], i), x, y);
        return svg.ToString();
    }

    private static int Color(Series series, int index) => (series.Color ?? index) % 8;

    private static void Band(Svg svg, Series series, int color, AxisMap x, AxisMap y)
    {
        if (series.Low is not { } low || series.High is not { } high) return;

        int[] drawn =
        [
            .. Enumerable.Range(0, series.X.Count)
                .Where(i => x.Drawable(series.X[i]) && y.Drawable(low[i]) && y.Drawable(high[i])),
        ];
        var upper = drawn.Select(i => (x.Pixel(series.X[i]), y.Pixel(high[i])));
        var lower = drawn.Reverse().Select(i => (x.Pixel(series.X[i]), y.Pixel(low[i])));
        svg.Path(upper.Concat(lower), $"band f{color}", closed: true);
    }

    private static void Draw(Svg svg, Series series, int color, AxisMap x, AxisMap y)
    {
        var run = new List<(double, double)>();
        string css = series.Mark == Mark.Dashed ? $"line dashed s{color}" : $"line s{color}";
        for (int i = 0; i < series.X.Count; i++)
        {
            bool drawn = x.Drawable(series.X[i]) && y.Drawable(series.Y[i]);
            if (drawn) run.Add((x.Pixel(series.X[i]), y.Pixel(series.Y[i])));
            if ((!drawn || i == series.X.Count - 1) && series.Mark != Mark.Points)
            {
                svg.Path(run, css);
                run.Clear();
            }

            if (!drawn || series.Mark is Mark.Line or Mark.Dashed) continue;
            string tip = series.Tips?[i] ?? $"{series.Name} {series.X[i]:0.####}: {series.Y[i]:0.####}".TrimStart();
            svg.Circle(x.Pixel(series.X[i]), y.Pixel(series.Y[i]), 3, $"dot f{color}", tip);
        }
    }
}
