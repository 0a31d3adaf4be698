using Golgi.Foundation;
using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>Draws what a long call reports: one bar with its task, share done, detail and time to go.</summary>
/// <param name="bar">The bar that is drawn.</param>
/// <param name="thumbnail">Where pictures of the work go.</param>
internal sealed class ProgressBar(ProgressTask bar, ThumbnailColumn thumbnail) : IProgress<WorkProgress>
{
    /// <summary>Runs work under a bar on a console.</summary>
    public static T Run<T>(IAnsiConsole console, Func<IProgress<WorkProgress>, T> work)
    {
        var thumbnail = new ThumbnailColumn();
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                thumbnail)
            .Start(context => work(new ProgressBar(context.AddTask("starting"), thumbnail)));
    }

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        bar.Description = Markup.Escape(string.IsNullOrEmpty(value.Detail) ? value.Task : $"{value.Task} · {value.Detail}");
        if (value.Picture is { } draw) thumbnail.Picture = draw();
        bar.IsIndeterminate = value.Total == 0;
        if (value.Total == 0) return;
        bar.MaxValue = value.Total;
        bar.Value = value.Done;
    }
}
