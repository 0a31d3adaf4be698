using Golgi.Foundation;

namespace Golgi.Jobs;

/// <summary>Who computes a list of jobs. Nothing lives in the one who asks: each job's result lies in its run's folder.</summary>
public interface IJobExecutor
{
    /// <summary>Runs jobs to their end; each leaves its result in its folder.</summary>
    /// <param name="jobs">Not finished yet; independent of each other. Borrowed.</param>
    /// <param name="workspace">Where their folders lie.</param>
    /// <param name="progress">Jobs done, of all.</param>
    /// <param name="cancellation">Stops; finished jobs are kept.</param>
    void RunAll(IReadOnlyList<Job> jobs, Workspace workspace, IProgress<WorkProgress>? progress, CancellationToken cancellation);
}
