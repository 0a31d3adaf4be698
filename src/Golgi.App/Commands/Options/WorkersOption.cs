using System.CommandLine;
using Golgi.Jobs;

namespace Golgi.App.Commands.Options;

/// <summary>The option of verbs whose parts can run at the same time, in processes of their own.</summary>
/// <param name="usual">How many, where the user says nothing; null: one for each processor.</param>
internal sealed class WorkersOption(int? usual = null)
{
    public Option<int?> Workers { get; } = new("--workers")
    {
        Description = $"Trainings at the same time, each a process; 1: in this process. Default: "
            + (usual is null ? "one for each processor." : $"{usual}."),
        Validators = { result => Check(result.GetValueOrDefault<int?>(), result.AddError) },
    };

    public void AddTo(Command command) => command.Options.Add(Workers);

    /// <summary>Runs a job, its parts shared out over processes.</summary>
    public Completed<T> Run<T>(Session session, Job<T> job)
        where T : class
    {
        int workers = session.Value(Workers) ?? usual ?? Environment.ProcessorCount;
        if (workers == 1) return session.Run(job);
        using var processes = WorkerCommand.Processes(workers);
        return session.Run(job, session.Workspace.With(processes));
    }

    private static void Check(int? workers, Action<string> error)
    {
        if (workers is < 1 or > 1024) error($"--workers is {workers}; it must lie between 1 and 1024.");
    }
}
