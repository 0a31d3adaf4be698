using Golgi.Jobs;

namespace Golgi.App.Commands;

/// <summary><c>golgi worker</c>: runs jobs for another process, which starts several.</summary>
internal sealed class WorkerCommand : Verb
{
    public const string Summary =
        "Takes jobs as JSON lines on standard input and runs them, one after another; results land in the runs' folders.";

    public WorkerCommand()
        : base("worker", Summary) =>
        Hidden = true;

    /// <summary>How many processes of this program run jobs, each on one thread.</summary>
    public static WorkerProcesses Processes(int count) => new(count, Environment.ProcessPath!, "worker", "--quiet");

    public override bool Continues => true;

    public override int Run(Session session)
    {
        Worker.Serve(JobKinds.All, Console.In, Console.Out, session.Cancellation);
        return ExitCode.Done;
    }
}
