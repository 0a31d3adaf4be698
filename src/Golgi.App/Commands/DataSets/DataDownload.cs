namespace Golgi.App.Commands.DataSets;

/// <summary>What <c>golgi data get</c> brought.</summary>
internal sealed record DataDownload(string Name, string Folder, IReadOnlyList<DataDownload.File> Files)
{
    /// <summary>One file; <paramref name="Downloaded"/> is false if it was there already.</summary>
    internal sealed record File(string Path, long Bytes, string Sha256, bool Downloaded);
}
