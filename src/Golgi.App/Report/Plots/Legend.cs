namespace Golgi.App.Report.Plots;

/// <summary>Names of series with their colors, in one or more rows above a plot.</summary>
internal static class Legend
{
    private const double RowHeight = 18;

    /// <summary>Draws it; a single unnamed series needs none.</summary>
    /// <returns>Where the plot may begin, in pixels from the top.</returns>
    public static double Draw(Svg svg, IReadOnlyList<(string Name, int Color)> entries, double left, double right)
    {
        double x = left;
        double y = 14;
        (string Name, int Color)[] named = [.. entries.Where(entry => entry.Name.Length > 0).Distinct()];
        if (named.Length == 0) return 12;

        foreach (var (name, color) in named)
        {
            double width = 22 + (6.6 * name.Length);
            if (x > left && x + width > right) (x, y) = (left, y + RowHeight);
            svg.Rectangle(x, y - 8, 10, 10, $"f{color}");
            svg.Text(x + 15, y + 1, name, "legend start");
            x += width + 8;
        }

        return y + 14;
    }
}
