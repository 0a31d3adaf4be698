using Golgi.Instruments.Dimension.Adapters;
using Golgi.Instruments.Dimension.Trials;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws what it takes to adapt a network, for people.</summary>
internal static class AdaptationView
{
    public static void Draw(AdaptationReport report, IAnsiConsole console)
    {
        console.MarkupLine("[bold]Through the trained weights[/]");
        DimensionView.Draw(report.Plain, console);
        console.MarkupLine("[bold]With a scale for each parameter[/]");
        DimensionView.Draw(report.Scaled, console);
        if (report.Advice is not { } advice)
        {
            console.MarkupLine(
                "No advice on adapters: neither search found a dimension. Try more steps, or --at with larger dimensions.");
            return;
        }

        string scales = advice.Spread == SubspaceLayout.Scaled ? ", a scale for each parameter among them" : "";
        console.MarkupLine(
            $"[bold]Random-basis adapter[/]: {advice.Coordinates:N0} coordinates{scales}, {advice.Bytes:N0} bytes. "
            + $"Tried once: {advice.BasisAccuracy:P2}, to exceed {advice.Target:P2}.");
        console.MarkupLine(
            $"[bold]Low-rank adapters[/]: rank {advice.Rank} on every kernel has {advice.LowRankCoordinates:N0} numbers, "
            + $"{advice.LowRankCoordinates / (double)advice.Coordinates:0.0} times as many. Tried once: {advice.LowRankAccuracy:P2}.");
        console.MarkupLine(Conclusion(report, advice));
    }

    private static string Conclusion(AdaptationReport report, AdapterAdvice advice)
    {
        bool basis = advice.BasisAccuracy > advice.Target, low = advice.LowRankAccuracy > advice.Target;
        return (basis, low) switch
        {
            (true, true) => $"Advice: start at rank {advice.Rank}; higher ranks give more room than the task needs. "
                + $"Where bytes count, take the random basis: {advice.Coordinates / (double)report.Plain.Weights:P2} of the weights.",
            (true, false) => "Advice: take the random basis. As many numbers of low rank did not suffice; "
                + $"try rank {advice.Rank + 1} and more.",
            (false, true) => $"Advice: take low rank, rank {advice.Rank}. The random basis fell short this time; "
                + "the dimension's interval comes from few replicates.",
            _ => "Advice: neither adapter reached the target this time; take half as many coordinates again, or train longer.",
        };
    }
}
