using Golgi.App.Report.Plots;
using Golgi.Instruments.Tickets.Comparisons;
using Golgi.Instruments.Tickets.Search;
using Golgi.Numerics.Statistics;

namespace Golgi.App.Report.Tickets;

/// <summary>Searches and comparisons as figures and pages: accuracy against weights remaining, variants and controls in one plot.</summary>
internal static class TicketPlot
{
    /// <summary>Writes the page of a search, or, where the path does not end in .html, its figures.</summary>
    /// <param name="runs">The folder of all runs, where the tickets lie.</param>
    /// <param name="path">The file.</param>
    public static void Save(TicketSearchResult result, string runs, string path)
    {
        if (!IsPage(path))
        {
            FigureFile.Write(path, [Plot(result), Untrained(result)]);
            return;
        }

        var writer = new SectionWriter();
        writer.Figure(Plot(result), "Test accuracy at the early stop; bands are 95 % intervals of the mean over the replicates.");
        writer.Figure(Untrained(result), "Before training: what mask and starting weights know alone.");
        TicketPictures.Write(writer, result, runs);
        Save(path, $"Tickets of {result.Network}", $"`{result.Criterion}`, `{result.MaskOne}`, `{result.MaskZero}` on `{result.Data}`", writer);
    }

    /// <summary>Writes the page of a comparison, all settings in one plot; or, where the path does not end in .html, its figures.</summary>
    public static void Save(ComparisonResult result, string path)
    {
        LinePlot Lines(string title, Func<ComparisonRow, Interval> value) => new()
        {
            Title = title,
            X = Axis.Percent("weights remaining") with { Scale = AxisScale.Log },
            Y = Axis.Percent("test accuracy"),
            Width = 720,
            Height = 420,
            Series = [.. result.Rows.GroupBy(row => row.Setting.Name).Select(
                rows => Banded(rows.Key, rows.Select(row => (row.Remaining, value(row)))))],
        };
        var (trained, untrained) =
            (Lines("Accuracy against weights remaining", row => row.Accuracy), Lines("Accuracy before training", row => row.Untrained));
        if (!IsPage(path))
        {
            FigureFile.Write(path, [trained, untrained]);
            return;
        }

        var writer = new SectionWriter();
        writer.Figure(
            trained, "Test accuracy at the early stop; bands are 95 % intervals of the mean over the replicates. The dense network: "
                + $"{result.Dense.Mean:P2}.");
        writer.Figure(untrained, "What mask and starting weights know alone.");
        Save(path, $"{result.Question}: tickets of {result.Network}", $"on `{result.Data}`", writer);
    }

    private static bool IsPage(string path) => Path.GetExtension(path).Equals(".html", StringComparison.OrdinalIgnoreCase);

    private static void Save(string path, string title, string subtitle, SectionWriter writer)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, Page.Sheet(title, subtitle, writer.ToString()));
    }

    private static LinePlot Plot(TicketSearchResult result)
    {
        var pruned = result.Levels.Where(level => level.Controls.Count > 0).ToArray();
        string[] controls = [.. pruned.SelectMany(level => level.Controls.Keys).Distinct()];
        return new LinePlot
        {
            Title = "Accuracy against weights remaining",
            X = Axis.Percent("weights remaining") with { Scale = AxisScale.Log },
            Y = Axis.Percent("test accuracy"),
            Width = 720,
            Height = 380,
            Series =
            [
                Banded("ticket", result.Levels.Select(level => (level.Remaining, level.Accuracy))),
                .. controls.Select(name => Banded(
                    name == "random" ? "random mask" : "reinitialized ticket", pruned.Select(level => (level.Remaining, level.Controls[name])))),
                new Series(
                    "dense network", [.. result.Levels.Select(level => level.Remaining)],
                    [.. result.Levels.Select(_ => result.Levels[0].Accuracy.Mean)])
                {
                    Mark = Mark.Dashed,
                },
            ],
        };
    }

    private static LinePlot Untrained(TicketSearchResult result) => new()
    {
        Title = "Accuracy before training",
        X = Axis.Percent("weights remaining") with { Scale = AxisScale.Log },
        Y = Axis.Percent("test accuracy") with { Min = 0, Max = 1 },
        Width = 720,
        Series = [Banded("ticket, untrained", result.Levels.Select(level => (level.Remaining, level.Untrained)))],
    };

    private static Series Banded(string name, IEnumerable<(double Remaining, Interval Accuracy)> points)
    {
        var all = points.ToArray();
        return new Series(name, [.. all.Select(point => point.Remaining)], [.. all.Select(point => point.Accuracy.Mean)])
        {
            Mark = Mark.LineAndPoints,
            Low = [.. all.Select(point => point.Accuracy.Low)],
            High = [.. all.Select(point => point.Accuracy.High)],
        };
    }
}
