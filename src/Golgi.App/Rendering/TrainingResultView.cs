using Golgi.Jobs;
using Golgi.Training;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws a <see cref="TrainingResult"/> for people.</summary>
internal static class TrainingResultView
{
    public static void Draw(TrainingResult result, IAnsiConsole console)
    {
        var grid = new Grid().AddColumn().AddColumn();
        if (result.Outcome == TrainingOutcome.Diverged)
        {
            grid.AddRow("[red]diverged[/]", $"the loss was no longer finite at step {result.Steps}; try a smaller --lr");
        }

        grid.AddRow("test accuracy", $"[bold]{result.TestAccuracy:P2}[/] of {result.Test.Count:N0} examples");
        grid.AddRow("validation", $"{result.Validation.Text}; lowest loss at step {result.BestStep:N0} ({result.BestValidation.Text})");
        grid.AddRow("trained", $"{result.Parameters:N0} weights, {result.Steps:N0} steps, {result.Seconds:0.0} s");
        console.Write(grid);
    }
}
