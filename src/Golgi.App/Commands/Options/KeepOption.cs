using System.CommandLine;
using Golgi.Jobs;
using Spectre.Console;

namespace Golgi.App.Commands.Options;

/// <summary>The option of quick verbs that leave nothing behind unless asked.</summary>
internal sealed class KeepOption
{
    public Option<bool> Keep { get; } = new("--keep") { Description = "Keep the result as a run." };

    public void AddTo(Command command) => command.Options.Add(Keep);

    /// <summary>Runs a job, as a run where that was asked for, and prints its result.</summary>
    public T Print<T>(Session session, Job<T> job, Action<T, IAnsiConsole> render)
        where T : class
    {
        var done = session.Value(Keep)
            ? session.Run(job)
            : new Completed<T>(null, session.Track(progress => session.Workspace.Compute(job, progress, session.Cancellation)), Remembered: false);
        session.Print(done, render);
        return done.Result;
    }
}
