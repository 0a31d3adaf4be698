using System.Security.Cryptography;
using System.Text;

namespace Golgi.Foundation;

/// <summary>SHA-256 digests, lower-case hexadecimal.</summary>
public static class Digest
{
    private const long Large = 8 << 20;

    /// <summary>The digest of a file's bytes.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string OfFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The digest of a file's bytes, by which runs are named: of a large file it is kept beside the path, the size and the time of the last
    /// change, and read from there as long as those are the same.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cache">Where digests are kept; null: the user's cache folder.</param>
    /// <remarks>For naming only: where a file must be proved to be the published one, <see cref="OfFile"/> reads it.</remarks>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string OfUnchangedFile(string path, string? cache = null)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length < Large) return OfFile(path);
        string state = OfText($"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}");
        string kept = Path.Combine(cache ?? Path.Combine(UserCache.Folder, "digests"), state);
        try
        {
            if (File.Exists(kept) && File.ReadAllText(kept) is { Length: 64 } known) return known;
            string digest = OfFile(path);
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            AtomicFile.Write(kept, digest);
            return digest;
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException && file.Exists))
        {
            return OfFile(path); // a cache that cannot be used costs time and nothing else
        }
    }

    /// <summary>The digest of a text in UTF-8.</summary>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
