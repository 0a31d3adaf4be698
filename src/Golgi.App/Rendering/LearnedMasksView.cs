using Golgi.Tickets;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws <see cref="LearnedMasks"/> for people.</summary>
internal static class LearnedMasksView
{
    public static void Draw(LearnedMasks result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("seed").AddColumn("untrained").AddColumn("sampled").AddColumn("rounded").AddColumn("expected")
            .AddColumn("kept").AddColumn("mask, bytes").AddColumn("coded, bytes");
        foreach (var mask in result.Replicates)
        {
            table.AddRow(
                $"{mask.Seed}", $"{mask.Untrained:P2}", Share(mask.Sampled), $"{mask.Rounded:P2}", Share(mask.Expected),
                $"{mask.Remaining:P1}", $"{mask.MaskBytes:N0}", $"{mask.EntropyBytes:N0}");
        }

        console.Write(table);
        console.MarkupLine($"rounded: [bold]{result.Rounded.Mean:P2}[/] of the test set [[{result.Rounded.Lo:P2}, {result.Rounded.Hi:P2}]]");
        console.MarkupLine(Markup.Escape($"ticket of the first: {result.Replicates[0].TicketFile}"));
    }

    private static string Share(double? value) => value is { } known ? $"{known:P2}" : "-";
}
