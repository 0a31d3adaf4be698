using Golgi.App.Commands.Similarity;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Studies;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws what the similarity studies found for people.</summary>
internal static class SimilarityViews
{
    public static void Draw(SimilarityGrid grid, IAnsiConsole console)
    {
        console.Write(Matrix(grid.Method, grid.Rows, grid.Columns, grid.Values));
        double unrelated = grid.Nulls.SelectMany(row => row).Max();
        string shuffled = grid.Shuffled is { } means ? $" (shuffled: up to {means.SelectMany(row => row).Max():0.000})" : "";
        console.MarkupLine($"Unrelated layers of these sizes would give up to [bold]{unrelated:0.000}[/]{shuffled}. {grid.Samples:N0} samples.");
        if (grid.Intervals is not { } intervals || grid.HeldOut is not { } held) return;
        double widest = intervals.SelectMany(row => row).Max(interval => (interval.High - interval.Low) / 2);
        double lost = grid.Values.SelectMany(row => row).Zip(held.SelectMany(row => row), (value, other) => value - other).Max();
        console.MarkupLine(
            $"Intervals (95 %) reach up to ±{widest:0.000}; held-out values lie at most {lost:0.000} below. Each pair's: --json or --csv.");
    }

    public static void Draw(GroupsResult found, IAnsiConsole console)
    {
        var networks = new Table().AddColumn("group").AddColumn("network").AddColumn(new TableColumn("its training labels").RightAligned())
            .AddColumn(new TableColumn("test set").RightAligned());
        foreach (var member in found.Networks)
        {
            networks.AddRow(member.Group, Markup.Escape(member.Network), $"{member.TrainAccuracy:P1}", $"{member.TestAccuracy:P1}");
        }
        console.Write(networks);
        var table = new Table().AddColumn(Markup.Escape(found.Similarity.Method));
        foreach (string column in new[] { "within the first", "within the second", "between", "unrelated" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        for (int i = 0; i < found.Similarity.Layers.Count; i++)
        {
            table.AddRow(
                Markup.Escape(found.Similarity.Layers[i]), Cell(found.Similarity.First[i]), Cell(found.Similarity.Second[i]),
                Cell(found.Similarity.Between[i]), $"{found.Similarity.Nulls[i]:0.000}");
        }

        console.Write(table);
        console.MarkupLine(
            $"Means over pairs of networks, in brackets 95 % intervals from leaving networks out. {found.Similarity.Samples:N0} examples.");

        static string Cell(PairSpread spread) => $"{spread.Mean:0.000} ({spread.Interval.Low:0.000} to {spread.Interval.High:0.000})";
    }

    public static void Draw(LearningDynamics found, IAnsiConsole console)
    {
        var table = new Table().AddColumn("layer").AddColumn(new TableColumn("settled at step").RightAligned())
            .AddColumn(new TableColumn("of training").RightAligned()).AddColumn(new TableColumn("at the start").RightAligned());
        for (int i = 0; i < found.Layers.Count; i++)
        {
            table.AddRow(
                Markup.Escape(found.Layers[i]), $"{found.SettledAt[i]:N0}", $"{found.SettledAt[i] / found.Steps[^1]:P0}",
                $"{found.Similarity[i][0]:0.000}");
        }

        console.Write(table);
        console.MarkupLine(found.BottomUp
            ? $"Layers settle from the bottom up ({Markup.Escape(found.Method)} to the end reaches {found.Threshold:0.##})."
            : $"Layers do not settle strictly from the bottom up ({Markup.Escape(found.Method)} to the end reaches {found.Threshold:0.##}).");
    }

    public static void Draw(DirectionStudy found, IAnsiConsole console)
    {
        long[] counts = [.. found.Curves.SelectMany(curve => curve.Directions).Distinct().Order()];
        var table = new Table().AddColumn(new TableColumn($"{Markup.Escape(found.Layer)}: directions").RightAligned());
        foreach (var curve in found.Curves) table.AddColumn(new TableColumn(SimilarityFigures.Words(curve.Source)).RightAligned());
        foreach (long k in counts)
        {
            table.AddRow(
                [$"{k}", .. found.Curves.Select(curve => curve.Directions.ToList().IndexOf(k) is var at and >= 0 ? $"{curve.Accuracy[at]:P1}" : "")]);
        }

        console.Write(table);
        console.MarkupLine($"Untouched: [bold]{found.Full:P2}[/] on the test set.");
    }

    public static void Draw(IReadOnlyList<CompressionPoint> points, IAnsiConsole console)
    {
        var table = new Table().AddColumn("directions from");
        var shares = points.Select(point => point.Share).Distinct().ToArray();
        foreach (double share in shares) table.AddColumn(new TableColumn($"{share:P0} kept").RightAligned());
        foreach (var group in points.GroupBy(point => point.Source))
        {
            table.AddRow([SimilarityFigures.Words(group.Key), .. group.Select(point => $"{point.Accuracy:P1} ({point.Size:P0})")]);
        }

        console.Write(table);
        console.MarkupLine("In brackets: weights, as a share of the original's.");
    }

    public static void Draw(ClassSensitivity found, IAnsiConsole console)
    {
        console.Write(Matrix("class", found.Classes, found.Layers, found.Values));
        string nulls = string.Join("  ", found.Nulls.Select(value => value.ToString("0.00")));
        console.MarkupLine($"A layer that knows nothing would give about {nulls}. {found.Samples:N0} examples.");
    }

    private static Table Matrix(
        string corner, IReadOnlyList<string> rows, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<double>> values)
    {
        var table = new Table().AddColumn(Markup.Escape(corner));
        foreach (string column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned());
        for (int i = 0; i < rows.Count; i++)
        {
            table.AddRow([Markup.Escape(rows[i]), .. values[i].Select(value => value.ToString("0.000"))]);
        }

        return table;
    }
}
