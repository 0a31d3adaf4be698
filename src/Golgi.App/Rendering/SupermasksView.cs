using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Supermasks;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws <see cref="Supermasks"/> for people.</summary>
internal static class SupermasksView
{
    public static void Draw(Supermasks result, IAnsiConsole console)
    {
        console.MarkupLine($"{result.Network} on {result.Data}, weights never trained; test accuracy");
        if (result.Heuristic is { } heuristic) Draw(heuristic, console);
        foreach (var (learner, masks) in result.Learned ?? new Dictionary<string, LearnedMasks>()) Draw(learner, masks, console);
    }

    private static void Draw(IReadOnlyList<HeuristicMask> masks, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("criterion").AddColumn("weights").AddColumn("accuracy").AddColumn("remaining").AddColumn("untouched");
        foreach (var mask in masks)
        {
            table.AddRow(
                mask.Criterion, mask.Weights == TicketWeights.Initial ? "first" : "signed constants", TicketSearchView.Show(mask.Test),
                $"{mask.BestRemaining:P1}", $"{mask.Curve[0].Accuracy.Mean:P1}");
        }

        console.Write(table);
    }

    private static void Draw(string learner, LearnedMasks masks, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(learner).AddColumn("untrained").AddColumn("sampled").AddColumn("rounded").AddColumn("expected")
            .AddColumn("kept").AddColumn("mask, bytes").AddColumn("coded, bytes");
        foreach (var mask in masks.Replicates)
        {
            table.AddRow(
                $"seed {mask.Seed}", $"{mask.Untrained:P2}", Share(mask.Sampled), $"{mask.Rounded:P2}", Share(mask.Expected),
                $"{mask.Remaining:P1}", $"{mask.MaskBytes:N0}", $"{mask.EntropyBytes:N0}");
        }

        console.Write(table);
        console.MarkupLine($"one mask (rounded): [bold]{TicketSearchView.Show(masks.Rounded)}[/]; drawn: {TicketSearchView.Show(masks.Sampled)}");
        console.MarkupLine(Markup.Escape($"the first is a ticket: golgi tickets apply {masks.Replicates[0].Run}"));
    }

    private static string Share(double? value) => value is { } known ? $"{known:P2}" : "-";
}
