using Golgi.Foundation;

namespace Golgi.Jobs;

/// <summary>Runs jobs in this process, one after another.</summary>
public sealed class InProcess : IJobExecutor
{
    private const long Grain = 1000; // parts of one job

    /// <inheritdoc/>
    public void RunAll(IReadOnlyList<Job> jobs, Workspace workspace, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(workspace);
        for (int i = 0; i < jobs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            workspace.Run(jobs[i], jobs.Count == 1 || progress is null ? progress : new OneOfMany(progress, i, jobs.Count), cancellation);
        }
    }

    /// <summary>Passes a job's progress on as that of all.</summary>
    private sealed class OneOfMany(IProgress<WorkProgress> whole, int before, int count) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => whole.Report(value with
        {
            Done = (before * Grain) + (value.Total > 0 ? value.Done * Grain / value.Total : 0),
            Total = count * Grain,
        });
    }
}
