using Golgi.Runs;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws what a long call reports: one bar with its task, share done, detail and time to go.</summary>
/// <param name="bar">The bar that is drawn.</param>
internal sealed class ProgressBar(ProgressTask bar) : IProgress<WorkProgress>
{
    /// <summary>Runs work under a bar on a console.</summary>
    public static T Run<T>(IAnsiConsole console, Func<IProgress<WorkProgress>, T> work) =>
        console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .Start(context => work(new ProgressBar(context.AddTask("starting"))));

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        bar.Description = Markup.Escape(string.IsNullOrEmpty(value.Detail) ? value.Task : $"{value.Task} · {value.Detail}");
        bar.IsIndeterminate = value.Total == 0;
        if (value.Total == 0) return;
        bar.MaxValue = value.Total;
        bar.Value = value.Done;
    }
}
