using Golgi.Instruments.Tickets.Search;
using Golgi.Numerics.Statistics;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws a <see cref="TicketSearchResult"/> for people.</summary>
internal static class TicketSearchView
{
    public static void Draw(TicketSearchResult result, IAnsiConsole console)
    {
        console.MarkupLine($"{result.Network} on {result.Data}: {result.Criterion}, {result.MaskOne}, {result.MaskZero}");
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("level").AddColumn("remaining").AddColumn("ticket").AddColumn("random mask").AddColumn("reinitialized")
            .AddColumn("untrained").AddColumn("signs changed");
        foreach (var step in result.Levels)
        {
            table.AddRow(
                $"{step.Level}", $"{step.Remaining:P2}", Show(step.Accuracy), Show(step.Controls.GetValueOrDefault("random")),
                Show(step.Controls.GetValueOrDefault("reinit")), $"{step.Untrained.Mean:P1}", $"{step.SignFlips.Mean:P1}");
        }

        console.Write(table);
        foreach (var step in result.Levels.Where(step => step.Collapsed.Count > 0))
        {
            console.MarkupLine(TicketUseView.Collapse(step.Remaining, step.Collapsed));
        }
        console.MarkupLine(result.MatchesDenseDownTo < 1
            ? $"The ticket matches the dense network down to [bold]{result.MatchesDenseDownTo:P2}[/] of its weights."
            : "No level matches the dense network.");
        if (result.BeatsControlsAt.Count > 0)
        {
            console.MarkupLine(
                $"It beats every control at {string.Join(", ", result.BeatsControlsAt.Select(share => $"{share:P2}"))} (intervals apart).");
        }

        var time = result.Time;
        console.MarkupLine(
            $"{time.Seconds:0} s of training runs: {time.Compute / time.Seconds:P1} forward and backward, {time.Updates / time.Seconds:P1} batches, "
            + $"masks and optimizer, {time.Evaluation / time.Seconds:P1} evaluation, {time.Rest / time.Seconds:P1} files and the rest.");
    }

    public static string Show(Interval? value) => value switch
    {
        null => "-",
        { Values.Count: 1 } => $"{value.Mean:P2}",
        _ => Markup.Escape($"{value.Mean:P2} ± {value.High - value.Mean:P2}"),
    };
}
