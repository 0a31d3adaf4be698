using Golgi.Instruments.Tickets.Connectivity;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Shrinking;
using Golgi.Instruments.Tickets.Use;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws what was done with a ticket for people.</summary>
internal static class TicketUseView
{
    public static void Draw(AppliedTicket result, IAnsiConsole console)
    {
        var from = result.Lineage;
        console.MarkupLine($"{from.Model}, seed {from.Seed}, {from.Criterion}: [bold]{result.Accuracy:P2}[/] of {result.Count:N0} test examples");
        console.MarkupLine($"{result.Remaining:P2} of the weights in a file of {result.FileBytes:N0} bytes");
        Layers(result.Layers, console);
    }

    public static void Draw(ShrinkResult result, string file, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("layer").AddColumn("units").AddColumn("alive");
        foreach (var layer in result.Layers) table.AddRow(Markup.Escape(layer.Name), $"{layer.Before:N0}", $"{layer.After:N0}");
        console.Write(table);
        console.MarkupLine(
            $"{result.ParametersBefore:N0} weights and biases become [bold]{result.ParametersAfter:N0}[/]; {result.NonZeroBefore:N0} were not zero");
        if (result.AccuracyBefore is { } before) console.MarkupLine($"test accuracy {before:P2} before, {result.AccuracyAfter:P2} after");
        console.MarkupLine($"outputs differ by at most {result.LargestDifference:0.0e0}; the largest is {result.LargestOutput:0.0}");
        console.MarkupLine(Markup.Escape(file));
    }

    public static void Draw(BenchResult result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("network").AddColumn("batch").AddColumn("one pass").AddColumn("speedup").AddColumn("");
        foreach (var one in result.Latencies)
        {
            table.AddRow(
                one.Name, $"{one.Batch}", $"{1e6 * one.Seconds.Mean:N0} ± {1e6 * (one.Seconds.High - one.Seconds.Mean):N0} µs",
                one.Name == "dense" ? "" : $"{one.Speedup.Mean:0.00} ± {one.Speedup.High - one.Speedup.Mean:0.00}",
                one.Name == "dense" ? "" : one.Gain ? "[green]faster[/]" : "[red]no gain[/]");
        }

        console.Write(table);
    }

    public static void Draw(StabilityResult result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("fork").AddColumn("seed").AddColumn("remaining").AddColumn("error at the ends").AddColumn("barrier").AddColumn("")
            .AddColumn("signs changed").AddColumn("signs differ").AddColumn("next masks' overlap (by chance)");
        foreach (var one in result.Forks)
        {
            table.AddRow(
                $"{one.Fork}", $"{one.Seed}", $"{one.Remaining:P1}", $"{one.Errors[0]:P2}, {one.Errors[^1]:P2}", $"{one.Barrier:P2}",
                one.Stable ? "[green]stable[/]" : "[red]not stable[/]", $"{one.SignFlips:P1}", $"{one.SignDisagreement:P1}",
                $"{one.NextMasks.Overlap:0.00} ({one.NextMasks.ByChance:0.00})");
        }

        console.Write(table);
        foreach (var one in result.Forks.Where(one => one.Collapsed.Count > 0))
        {
            console.MarkupLine(Collapse(one.Remaining, one.Collapsed));
        }
    }

    /// <summary>What is said where a mask leaves nothing of a layer.</summary>
    public static string Collapse(double remaining, IReadOnlyList<string> layers) =>
        $"[red]Layer collapse[/] at {remaining:P2}: nothing is left of {Markup.Escape(string.Join(", ", layers))}; no signal passes.";

    private static void Layers(IReadOnlyList<LayerMask> layers, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("parameter").AddColumn("kept").AddColumn("of").AddColumn("share");
        foreach (var layer in layers) table.AddRow(Markup.Escape(layer.Name), $"{layer.Kept:N0}", $"{layer.Total:N0}", $"{layer.Remaining:P2}");
        console.Write(table);
    }
}
