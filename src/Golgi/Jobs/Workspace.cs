using Golgi.Foundation;
using Golgi.Runs;

namespace Golgi.Jobs;

/// <summary>A folder of runs, and who computes: where jobs are run from C# and from the command alike.</summary>
/// <param name="folder">The folder of all runs; made if need be.</param>
public sealed class Workspace(string folder = "runs")
{
    private readonly HashSet<string> told = [];

    /// <summary>The folder of all runs, as a full path.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The folder that is searched first for data sets; null: none. Workers are told.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Who computes the parts of jobs. Default: this process, one after another.</summary>
    public IJobExecutor Executor { get; init; } = new InProcess();

    /// <summary>Told what a user should know and no result says, in a sentence; null: nobody is.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>The same folder with another executor.</summary>
    /// <param name="executor">Borrowed.</param>
    public Workspace With(IJobExecutor executor) => new(Folder) { DataFolder = DataFolder, Notice = Notice, Executor = executor };

    /// <summary>Runs a job in its folder: reads the result of a finished one, continues one that was stopped.</summary>
    /// <param name="job">Borrowed.</param>
    /// <param name="progress">How far it has come.</param>
    /// <param name="cancellation">Finishes the step under way, saves and throws.</param>
    /// <exception cref="IOException">The folder cannot be written, or another process runs the same job.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call continues.</exception>
    public Completed<TResult> Run<TResult>(
        Job<TResult> job, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(job);
        var configuration = job.Configuration;
        if (job.IsRemembered && Golgi.Runs.Run.Find(Folder, configuration) is { Finished: true } known)
        {
            using (known) return new Completed<TResult>(known.Folder, known.Result<TResult>(), Remembered: true);
        }

        using var context = new JobContext(this, () => Open(configuration), progress, cancellation) { Begun = IsBegun(configuration) };
        return job.Finish(context);
    }

    /// <summary>Runs a job without keeping anything.</summary>
    /// <inheritdoc cref="Run"/>
    public TResult Compute<TResult>(Job<TResult> job, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(job);
        using var context = new JobContext(this, null, progress, cancellation);
        return job.Execute(context);
    }

    /// <summary>Runs jobs by the executor.</summary>
    /// <param name="jobs">Borrowed.</param>
    /// <returns>Their results in the same order.</returns>
    /// <inheritdoc cref="Run" path="/exception"/>
    public IReadOnlyList<Completed<TResult>> RunAll<TResult>(
        IReadOnlyList<Job<TResult>> jobs, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
        where TResult : class
    {
        ArgumentNullException.ThrowIfNull(jobs);
        cancellation.ThrowIfCancellationRequested();
        var results = new Completed<TResult>?[jobs.Count];
        for (int i = 0; i < jobs.Count; i++) results[i] = Known(jobs[i]);
        int[] missing = [.. Enumerable.Range(0, jobs.Count).Where(i => results[i] is null)];
        if (missing.Length > 0) Executor.RunAll([.. missing.Select(i => jobs[i])], this, progress, cancellation);
        foreach (int i in missing)
        {
            results[i] = (Known(jobs[i]) ?? throw new InvalidOperationException($"{jobs[i].Configuration.Name} left no result.")) with
            {
                Remembered = false,
            };
        }

        return [.. results.Select(result => result!)];
    }

    /// <summary>Runs a job of whatever result, for executors.</summary>
    internal void Run(Job job, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var configuration = job.Configuration;
        using var context = new JobContext(this, () => Open(configuration), progress, cancellation) { Begun = IsBegun(configuration) };
        job.Complete(context);
    }

    private Completed<TResult>? Known<TResult>(Job<TResult> job)
        where TResult : class
    {
        using var run = Golgi.Runs.Run.Find(Folder, job.Configuration);
        return run is { Finished: true } ? new Completed<TResult>(run.Folder, run.Result<TResult>(), Remembered: true) : null;
    }

    private bool IsBegun(RunConfiguration configuration) => Directory.Exists(Path.Combine(Folder, configuration.Name));

    private Run Open(RunConfiguration configuration)
    {
        bool begun = IsBegun(configuration);
        var run = Golgi.Runs.Run.Open(Folder, configuration);
        if (!begun && !told.Contains(configuration.Kind) && Older(configuration) is { } older)
        {
            told.Add(configuration.Kind); // a search has dozens of parts
            Notice?.Invoke($"{older.Name} asked the same of an older version of Golgi; its numbers may differ, so this run is made anew beside it.");
        }

        return run;
    }

    /// <summary>A run of the same options by an older version of its kind.</summary>
    private Run? Older(RunConfiguration configuration) => Enumerable.Range(0, configuration.Version)
        .Select(version => Golgi.Runs.Run.Find(Folder, configuration with { Version = version }))
        .FirstOrDefault(run => run is not null);
}
