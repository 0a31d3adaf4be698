using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Golgi.Foundation;

namespace Golgi.Jobs;

/// <summary>Runs jobs in processes of their own, several at a time: small networks train fastest on one thread each, and a crash costs one job.
/// A process takes one job after another, so starting it is paid once.</summary>
/// <param name="count">Processes at the most.</param>
/// <param name="program">A program that serves as a <see cref="Worker"/> on its standard input and output.</param>
/// <param name="arguments">Its arguments.</param>
public sealed class WorkerProcesses(int count, string program, params IReadOnlyList<string> arguments) : IJobExecutor, IDisposable
{
    private readonly int count = Check.Positive(count);
    private readonly ConcurrentBag<WorkerProcess> idle = [];
    private readonly InProcess inProcess = new();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">What a job was given is wrong.</exception>
    /// <exception cref="InvalidOperationException">A job failed, or its process ended.</exception>
    public void RunAll(IReadOnlyList<Job> jobs, Workspace workspace, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(workspace);
        var stay = jobs.Where(job => job.Request is null).ToArray(); // what cannot be handed over shares out its own parts
        if (stay.Length > 0) inProcess.RunAll(stay, workspace, progress, cancellation);
        int done = stay.Length;
        try
        {
            Parallel.ForEach(
                jobs.Except(stay),
                new ParallelOptions { MaxDegreeOfParallelism = count, CancellationToken = cancellation },
                job =>
                {
                    RunOne(job, workspace, cancellation);
                    progress?.Report(new WorkProgress(job.Subject, Interlocked.Increment(ref done), jobs.Count));
                });
        }
        catch (AggregateException errors)
        {
            cancellation.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }

    /// <summary>Ends the processes.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out var worker)) worker.Dispose();
    }

    private void RunOne(Job job, Workspace workspace, CancellationToken cancellation)
    {
        if (!idle.TryTake(out var worker)) worker = new WorkerProcess(program, arguments);
        bool alive = false;
        try
        {
            alive = worker.Run(job, workspace, cancellation);
        }
        finally
        {
            if (alive) idle.Add(worker);
            else worker.Dispose();
        }
    }
}
