using Golgi.Foundation;

namespace Golgi.App.Rendering;

/// <summary>What a log file gets instead of a bar: a plain line every ten seconds, with the time to go.</summary>
/// <param name="writer">Where lines go.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class ProgressLines(TextWriter writer, TimeProvider clock) : IProgress<WorkProgress>
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private readonly Lock gate = new();
    private readonly long start = clock.GetTimestamp();
    private TimeSpan next = Every;
    private string task = "";
    private TimeSpan taskStart;
    private long taskDone;

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        lock (gate)
        {
            var now = clock.GetElapsedTime(start);
            if (value.Task != task || value.Done < taskDone) (task, taskStart, taskDone) = (value.Task, now, value.Done);
            if (now < next) return;

            next = now + Every;
            writer.WriteLine(Line(value, now));
            writer.Flush();
        }
    }

    private string Line(WorkProgress value, TimeSpan now)
    {
        var text = new List<string> { $"golgi: {value.Task}" };
        if (value.Total > 0) text.Add($"{value.Done} of {value.Total} ({100 * value.Done / value.Total} %)");
        if (!string.IsNullOrEmpty(value.Detail)) text.Add(value.Detail);
        if (ToGo(value, now) is { } rest) text.Add($"{Describe(rest)} to go");
        return string.Join(", ", text);
    }

    /// <summary>From the speed since this task was first heard of; a resumed run's earlier steps do not count.</summary>
    private TimeSpan? ToGo(WorkProgress value, TimeSpan now)
    {
        long done = value.Done - taskDone;
        return value.Total > 0 && done > 0 ? (now - taskStart) * ((double)(value.Total - value.Done) / done) : null;
    }

    private static string Describe(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => $"{(int)time.TotalHours} h {time.Minutes} min",
        { TotalMinutes: >= 1 } => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        _ => $"{Math.Ceiling(time.TotalSeconds)} s",
    };
}
