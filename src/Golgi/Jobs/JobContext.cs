using Golgi.Foundation;
using Golgi.Runs;

namespace Golgi.Jobs;

/// <summary>What a job is given while it computes.</summary>
public sealed class JobContext : IDisposable
{
    private readonly Func<Run>? open;
    private Run? run;

    internal JobContext(Workspace workspace, Func<Run>? open, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        this.open = open;
        Workspace = workspace;
        Progress = progress;
        Cancellation = cancellation;
    }

    /// <summary>Where runs lie, and who computes parts.</summary>
    public Workspace Workspace { get; }

    /// <summary>The job's own folder, for checkpoints, measurements and artifacts. It is made when it is first asked for, so a job that finds
    /// its input wrong before that leaves nothing behind.</summary>
    /// <exception cref="InvalidOperationException">The job is not kept.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another process has the run open.</exception>
    public Run Run => run ??= open?.Invoke()
        ?? throw new InvalidOperationException("This job is run without being kept, and asks for a folder. Run it with Workspace.Run.");

    /// <summary>True where the job has a folder.</summary>
    public bool IsKept => open is not null;

    /// <summary>Whom to tell how far it has come, or null.</summary>
    public IProgress<WorkProgress>? Progress { get; }

    /// <summary>Asks the job to finish its step, save and throw.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Runs another job as a part of this one.</summary>
    public TResult Part<TResult>(Job<TResult> job)
        where TResult : class => RunAll([job])[0].Result;

    /// <summary>Runs other jobs as parts of this one, some at the same time where the workspace's executor does that.</summary>
    /// <param name="jobs">Borrowed. Finished ones are read.</param>
    /// <returns>Their results in the same order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; finished parts are kept.</exception>
    public IReadOnlyList<Completed<TResult>> RunAll<TResult>(IReadOnlyList<Job<TResult>> jobs)
        where TResult : class => Workspace.RunAll(jobs, Progress, Cancellation);

    /// <inheritdoc/>
    public void Dispose() => run?.Dispose();
}
