namespace Golgi.App.Report.Plots;

/// <summary>Bars lying one beneath the other, so that long names have room, each with a whisker if it has an interval.</summary>
internal sealed class BarPlot : IFigure
{
    private const double RowHeight = 22;
    private const double Bottom = 44;
    private const double Top = 8;
    private const double Right = 52;

    /// <summary>What it shows, for those who cannot see it.</summary>
    public required string Title { get; init; }

    /// <summary>What the bars' lengths count.</summary>
    public Axis Axis { get; init; } = new() { Min = 0 };

    /// <summary>The bars, the first on top.</summary>
    public required IReadOnlyList<Bar> Bars { get; init; }

    /// <summary>Colors with their names, for a legend; empty: none.</summary>
    public IReadOnlyList<string> Legend { get; init; } = [];

    /// <summary>Width in CSS pixels. Default 460.</summary>
    public double Width { get; init; } = 460;

    /// <inheritdoc/>
    public string ToSvg()
    {
        double left = 14 + Math.Min(180, 6.6 * Bars.Select(bar => bar.Label.Length).DefaultIfEmpty(0).Max());
        double top = Legend.Count == 0 ? Top : Top + 18;
        double bottom = top + (Bars.Count * RowHeight);
        var svg = new Svg(Width, bottom + Bottom, Title);
        Golgi.App.Report.Plots.Legend.Draw(svg, [.. Legend.Select((name, i) => (name, i))], left, Width - 8);
        var map = new AxisMap(Axis, Bars.SelectMany(bar => (double[])[bar.Value, bar.High ?? bar.Value, bar.Low ?? bar.Value]), left, Width - Right);
        foreach (var (value, text) in map.Ticks(5))
        {
            svg.Line(map.Pixel(value), top, map.Pixel(value), bottom, "grid");
            svg.Text(map.Pixel(value), bottom + 17, text, "tick middle");
        }

        for (int i = 0; i < Bars.Count; i++) Draw(svg, Bars[i], map, left, top + (i * RowHeight));
        svg.Line(left, top, left, bottom, "axis");
        svg.Text((left + Width - Right) / 2, bottom + 36, Axis.Label, "label middle");
        return svg.ToString();
    }

    private static void Draw(Svg svg, Bar bar, AxisMap map, double left, double top)
    {
        svg.Text(left - 7, top + 15, bar.Label, "tick end");
        if (!map.Drawable(bar.Value)) return;

        double end = map.Pixel(bar.Value);
        double middle = top + (RowHeight / 2);
        string tip = $"{bar.Label}: {bar.Text ?? $"{bar.Value:0.####}"}";
        svg.Rectangle(left, top + 4, Math.Max(0, end - left), RowHeight - 8, $"f{bar.Color}", tip: tip);
        double reach = end;
        if (bar is { Low: { } low, High: { } high } && map.Drawable(low) && map.Drawable(high))
        {
            reach = map.Pixel(high);
            svg.Line(map.Pixel(low), middle, reach, middle, "whisker");
            svg.Line(map.Pixel(low), middle - 4, map.Pixel(low), middle + 4, "whisker");
            svg.Line(reach, middle - 4, reach, middle + 4, "whisker");
        }

        if (bar.Text is not null) svg.Text(Math.Max(reach, end) + 6, top + 15, bar.Text, "tick start");
    }
}
