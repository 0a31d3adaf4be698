using Golgi.Instruments.Dimension.Files;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Toy;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws what was found about intrinsic dimensions, for people.</summary>
internal static class DimensionView
{
    public static void Draw(ToyReport report, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("d", column => column.RightAligned())
            .AddColumn("performance", column => column.RightAligned())
            .AddColumn("lowest", column => column.RightAligned())
            .AddColumn("highest", column => column.RightAligned())
            .AddColumn("");
        foreach (var point in report.Curve)
        {
            var p = point.Performance;
            table.AddRow(
                $"{point.D}", $"{p.Mean:0.0000}", $"{p.Low:0.0000}", $"{p.High:0.0000}", new string('█', (int)Math.Round(p.Mean * 30)));
        }

        console.Write(table);
        console.MarkupLine(
            $"Of {report.Weights} weights, [bold]{report.Dimension?.ToString() ?? "more"}[/] dimensions suffice; ten conditions define the "
                + $"solutions. {report.Seconds:0.0} s");
    }

    public static void Draw(DimensionReport report, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("d", column => column.RightAligned())
            .AddColumn("accuracy", column => column.RightAligned())
            .AddColumn("lowest", column => column.RightAligned())
            .AddColumn("highest", column => column.RightAligned())
            .AddColumn("success", column => column.RightAligned())
            .AddColumn("rate", column => column.RightAligned())
            .AddColumn("published", column => column.RightAligned());
        foreach (var point in report.Curve)
        {
            table.AddRow(
                $"{point.D:N0}", $"{point.Accuracy.Mean:P2}", $"{point.Accuracy.Low:P2}", $"{point.Accuracy.High:P2}",
                $"{point.Success:P0}", $"{point.Rate:0.####}", point.Published is { } known ? $"{known:P1}" : "");
        }

        console.Write(table);
        console.MarkupLine(Summary(report));
    }

    public static void Draw(CompressionReport report, string file, IAnsiConsole console)
    {
        var grid = new Grid().AddColumn().AddColumn();
        grid.AddRow("file", $"[bold]{report.Bytes:N0} bytes[/]  {Markup.Escape(file)}");
        grid.AddRow(
            "makes", $"{report.Weights:N0} weights from {report.Dimension:N0} coordinates of {report.Code} bits: {report.Ratio:N0} times smaller "
                + "than float32");
        grid.AddRow("test accuracy", $"[bold]{report.TestAccuracy:P2}[/] ({report.ExactAccuracy:P2} before coordinates were rounded)");
        grid.AddRow("description", $"{report.DescriptionBits:N0} bits; error on new data below {report.ErrorBound:P1} with probability 0.95");
        grid.AddRow("predictions", report.Predictions);
        console.Write(grid);
    }

    public static void Draw(ExpansionReport report, IAnsiConsole console)
    {
        var grid = new Grid().AddColumn().AddColumn();
        grid.AddRow("file", $"{report.Bytes:N0} bytes  {Markup.Escape(report.File)}");
        grid.AddRow(
            "network", $"{report.Model}, {report.Weights:N0} weights from {report.Dimension:N0} coordinates ({report.Code} bits) by "
                + $"{report.Projection}, seed {report.Seed}");
        grid.AddRow("weights", "the same bits as when the file was written");
        if (report.TestAccuracy is { } accuracy) grid.AddRow("test accuracy", $"[bold]{accuracy:P2}[/]");
        if (report.Predictions is { } predictions) grid.AddRow("predictions", predictions);
        if (report.WrittenTo is { } path) grid.AddRow("written to", Markup.Escape(path));
        console.Write(grid);
    }

    private static string Summary(DimensionReport report)
    {
        string from = report.Baseline.Direct is { } direct ? $"{direct.Mean:P2} by direct training" : $"{report.Baseline.Value:P0}, as given";
        string line = report.D90.Value is { } value
            ? $"[bold]{value:N0}[/] of {report.Weights:N0} dimensions ({report.D90.Low:N0} to {report.D90.High:N0}) reach {report.Target:P2}, "
              + $"{report.Threshold:P0} of the baseline ({from})."
            : $"No crossing of {report.Target:P2} among the dimensions tried ({from}): all lie on one side of it.";
        if (report.Published is { } published) line += $" Published: {published.Value:N0} (baseline {published.Baseline}).";
        return $"{line}\nProjection {report.Projection}; step size {Markup.Escape(report.Rule)}; {report.Trials} trainings of {report.Steps:N0} "
            + $"steps, {report.Seconds:0} s.";
    }
}
