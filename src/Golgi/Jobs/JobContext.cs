using System.Text.Json;
using System.Text.RegularExpressions;
using Golgi.Foundation;
using Golgi.Runs;

namespace Golgi.Jobs;

/// <summary>What a job is given while it computes.</summary>
public sealed partial class JobContext : IDisposable
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

    /// <summary>True where the folder was there before this sitting.</summary>
    internal bool Begun { get; init; }

    /// <summary>Whom to tell how far it has come, or null.</summary>
    public IProgress<WorkProgress>? Progress { get; }

    /// <summary>Asks the job to finish its step, save and throw.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Computes a piece of the job once: where an earlier sitting has left it in the run (<c>parts/NAME.json</c>) it is read. Where the
    /// job is not kept, it is computed.</summary>
    /// <param name="name">Letters, digits, hyphens and points; of each piece its own.</param>
    /// <param name="compute">Gives what JSON can carry.</param>
    /// <exception cref="InvalidDataException">What was left is damaged.</exception>
    public T Once<T>(string name, Func<T> compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        if (!PieceName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is no name of a piece; it must be letters, digits, hyphens and points.", nameof(name));
        }

        if (!IsKept) return compute();
        if ((run is not null || Begun) && Place() is var known && File.Exists(known)) return Piece<T>(known);
        var piece = compute();
        string path = Place();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, JsonSerializer.Serialize(piece, RunJson.Format));
        return piece;

        string Place() => Path.Combine(Run.Folder, "parts", name + ".json");
    }

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

    private static T Piece<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), RunJson.Format) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is damaged: {error.Message}", error);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9.-]+$")]
    private static partial Regex PieceName();
}
