namespace Golgi.Jobs;

/// <summary>A job that is done.</summary>
/// <param name="Folder">The run's folder; null where the job was not kept.</param>
/// <param name="Result">Its result.</param>
/// <param name="Remembered">Whether the result was there already.</param>
public sealed record Completed<TResult>(string? Folder, TResult Result, bool Remembered)
{
    /// <summary>The run's <c>artifacts</c> folder: pictures, tables, reports.</summary>
    /// <exception cref="InvalidOperationException">The job was not kept.</exception>
    public string Artifacts => Folder is null
        ? throw new InvalidOperationException("This job was not kept: it has no folder. Run it with Workspace.Run.")
        : Path.Combine(Folder, "artifacts");
}
