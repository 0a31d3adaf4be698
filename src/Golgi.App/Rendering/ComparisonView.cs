using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws a <see cref="SimilarityComparison"/> for people.</summary>
internal static class ComparisonView
{
    public static void Draw(SimilarityComparison result, Measure measure, IAnsiConsole console)
    {
        var grid = new Grid().AddColumn().AddColumn();
        grid.AddRow(Markup.Escape(result.Method), $"[bold]{result.Value:0.0000}[/]  {Markup.Escape(measure.Meaning)}");
        foreach (var (name, distance) in measure.Distances(result.Value)) grid.AddRow("distance", $"{distance:0.0000}  {Markup.Escape(name)}");
        grid.AddRow("interval", $"{result.Interval.Low:0.0000} to {result.Interval.High:0.0000} (95 %, leaving groups of samples out)");
        string shuffled = result.Null is { Permutation: { } mean, PValue: { } p }
            ? $"; shuffled {mean:0.0000} ± {result.Null.Deviation:0.0000} over {result.Null.Pairings} pairings, p = {p:0.000}"
            : "";
        grid.AddRow("unrelated", $"{result.Null.Analytic:0.0000} by formula{shuffled}");
        grid.AddRow("excess", $"{result.Excess:0.0000} of the way from unrelated to identical");
        grid.AddRow("held out", $"{result.CrossValidated:0.0000}");
        grid.AddRow("samples", $"{result.Samples:N0}");
        grid.AddRow("directions", $"kept {result.Kept[0]} and {result.Kept[1]} of rank {result.Rank[0]} and {result.Rank[1]}");
        console.Write(grid);
    }
}
