namespace Golgi.Data.Archives;

/// <summary>A file of a published data set.</summary>
/// <param name="Path">Where it lies in a data folder: <c>mnist/train-images-idx3-ubyte.gz</c>.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
/// <param name="Source">Where <c>golgi data get</c> takes it from.</param>
public sealed record DataFile(string Path, long Bytes, string Sha256, Uri Source)
{
    /// <summary>The SHA-256 of the file without its compression; null where the file is not used so.</summary>
    public string? PlainSha256 { get; init; }
}
