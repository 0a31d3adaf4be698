namespace Golgi.App.Report.Plots;

/// <summary>The grid, the numbers and the labels around a plot.</summary>
internal static class Frame
{
    /// <summary>Draws them into a box of pixels.</summary>
    public static void Draw(
        Svg svg, Axis x, AxisMap xMap, Axis y, AxisMap yMap, (double Left, double Top, double Right, double Bottom) box)
    {
        foreach (var (value, text) in yMap.Ticks((int)Math.Max(3, (box.Bottom - box.Top) / 45)))
        {
            double at = yMap.Pixel(value);
            svg.Line(box.Left, at, box.Right, at, "grid");
            svg.Text(box.Left - 7, at + 4, text, "tick end");
        }

        foreach (var (value, text) in xMap.Ticks((int)Math.Max(3, (box.Right - box.Left) / 75)))
        {
            double at = xMap.Pixel(value);
            svg.Line(at, box.Bottom, at, box.Bottom + 4, "axis");
            svg.Text(at, box.Bottom + 17, text, "tick middle");
        }

        svg.Line(box.Left, box.Bottom, box.Right, box.Bottom, "axis");
        svg.Text((box.Left + box.Right) / 2, box.Bottom + 36, x.Label, "label middle");
        VerticalLabel(svg, y.Label, box);
    }

    /// <summary>The vertical axis' label, turned.</summary>
    public static void VerticalLabel(Svg svg, string text, (double Left, double Top, double Right, double Bottom) box) =>
        svg.Text(13, (box.Top + box.Bottom) / 2, text, "label middle", -90);
}
