using Golgi.Data.Archives;
using Golgi.Foundation;

namespace Golgi.Data.Sources;

/// <summary>A kind of data set that the catalog can open by name.</summary>
public abstract class DataSource
{
    /// <summary>The name before the colon: <c>mnist</c>, <c>folder</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How it is written: <c>mnist</c>, <c>strokes[:COUNT]</c>, <c>folder:PATH</c>.</summary>
    public abstract string Usage { get; }

    /// <summary>What it is, in a sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>The published files, as <c>golgi data get</c> brings them; empty where the data are made or are the
    /// user's own.</summary>
    public abstract IReadOnlyList<DataFile> Files { get; }

    /// <summary>True where the user's own files are opened, named after the colon.</summary>
    public abstract bool TakesPath { get; }

    /// <summary>Where the data lie now, searched as <see cref="DataFolders.Search"/> says; null if they are not there
    /// or need no place.</summary>
    public abstract DataFolder? Locate(DataOptions options);

    /// <summary>Opens the set.</summary>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="FileNotFoundException">The data are not where they were looked for.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it.</exception>
    public abstract DataSet Open(
        DataRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default);

    /// <summary>Compares the files with the published ones, by SHA-256.</summary>
    /// <returns>A finding for each file; none where there are no published files.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public abstract IReadOnlyList<FileCheck> Verify(
        DataOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default);
}
