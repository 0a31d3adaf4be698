namespace Golgi.App.Report.Plots;

/// <summary>A matrix as shades: a confusion matrix, similarities between layers.</summary>
internal sealed class Heatmap : IFigure
{
    /// <summary>What it shows, for those who cannot see it.</summary>
    public required string Title { get; init; }

    /// <summary>By [row][column]; values that are not finite stay empty.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    /// <summary>One per row.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>One per column.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>What rows are.</summary>
    public string RowLabel { get; init; } = "";

    /// <summary>What columns are.</summary>
    public string ColumnLabel { get; init; } = "";

    /// <summary>The value of no shade. Default 0.</summary>
    public double Low { get; init; }

    /// <summary>The value of full shade; null: the largest off the diagonal if that is muted, otherwise the largest.</summary>
    public double? High { get; init; }

    /// <summary>True where the diagonal is what is expected, and shown in another color. Default false.</summary>
    public bool MutedDiagonal { get; init; }

    /// <summary>How a value is written in its cell; null: cells are not written in.</summary>
    public Func<double, string>? Format { get; init; }

    /// <summary>Width in CSS pixels. Default 460.</summary>
    public double Width { get; init; } = 460;

    /// <inheritdoc/>
    public string ToSvg()
    {
        double left = 36 + Math.Min(150, 6.6 * Rows.Select(name => name.Length).DefaultIfEmpty(0).Max());
        double cell = Math.Min(44, (Width - left - 8) / Columns.Count);
        bool turned = Columns.Any(name => 6.6 * name.Length > cell - 2);
        double head = 24 + (turned ? Math.Min(150, 6.6 * Columns.Max(name => name.Length)) : 16);
        double full = High ?? Cells().Where(at => !Muted(at)).Select(at => Values[at.Row][at.Column]).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var svg = new Svg(Width, head + (cell * Rows.Count) + 8, Title);
        svg.Text(left + (cell * Columns.Count / 2), 14, ColumnLabel, "label middle");
        svg.Text(13, head + (cell * Rows.Count / 2), RowLabel, "label middle", -90);
        for (int j = 0; j < Columns.Count; j++)
        {
            double x = left + ((j + 0.5) * cell);
            if (turned) svg.Text(x + 4, head - 6, Columns[j], "tick start", -90);
            else svg.Text(x, head - 6, Columns[j], "tick middle");
        }

        for (int i = 0; i < Rows.Count; i++) svg.Text(left - 7, head + ((i + 0.5) * cell) + 4, Rows[i], "tick end");
        foreach (var at in Cells()) Draw(svg, at, full, left + (at.Column * cell), head + (at.Row * cell), cell);
        return svg.ToString();
    }

    private IEnumerable<(int Row, int Column)> Cells() =>
        Enumerable.Range(0, Rows.Count).SelectMany(i => Enumerable.Range(0, Columns.Count).Select(j => (i, j)));

    private bool Muted((int Row, int Column) at) => MutedDiagonal && at.Row == at.Column;

    private void Draw(Svg svg, (int Row, int Column) at, double full, double x, double y, double cell)
    {
        double value = Values[at.Row][at.Column];
        string tip = $"{Rows[at.Row]} → {Columns[at.Column]}: {value:0.####}";
        double shade = double.IsFinite(value) && full > Low ? Math.Clamp((value - Low) / (full - Low), 0, 1) : 0;
        svg.Rectangle(x, y, cell - 1, cell - 1, "cell");
        svg.Rectangle(x, y, cell - 1, cell - 1, Muted(at) ? "expected" : "heat", Muted(at) ? 0.25 : shade, tip);
        if (Format is null || !double.IsFinite(value) || (value == 0 && !Muted(at))) return;
        svg.Text(x + (cell / 2), y + (cell / 2) + 4, Format(value), shade > 0.6 && !Muted(at) ? "tick middle inverse" : "tick middle strong");
    }
}
