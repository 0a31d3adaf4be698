using Golgi.Instruments.Tickets.Comparisons;
using Golgi.Numerics.Statistics;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws a <see cref="ComparisonResult"/> for people.</summary>
internal static class TicketComparisonView
{
    public static void Draw(ComparisonResult result, IAnsiConsole console)
    {
        console.MarkupLine($"{result.Network} on {result.Data}; the dense network: {TicketSearchView.Show(result.Dense)}");
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("setting").AddColumn("remaining").AddColumn("accuracy").AddColumn("untrained").AddColumn("difference")
                .AddColumn("the paper says").AddColumn("here");
        foreach (var row in result.Rows.OrderByDescending(row => row.Remaining))
        {
            table.AddRow(
                row.Setting.Name, $"{row.Remaining:P2}", TicketSearchView.Show(row.Accuracy), $"{row.Untrained.Mean:P1}",
                Points(row.Difference), Says(row.Setting),
                row.Reproduced switch { null => "", true => "[green]reproduced[/]", false => "[red]not reproduced[/]" });
        }

        console.Write(table);
    }

    private static string Points(Interval? difference) =>
        difference is null ? "" : $"{100 * difference.Mean:+0.00;-0.00;0.00} ± {100 * (difference.High - difference.Mean):0.00}";

    private static string Says(TicketSetting setting) => setting.Claim switch
    {
        Claim.AsGood => $"as good as {setting.Against}",
        Claim.Worse => $"worse than {setting.Against}",
        Claim.Better => $"better than {setting.Against}",
        _ => "",
    };
}
