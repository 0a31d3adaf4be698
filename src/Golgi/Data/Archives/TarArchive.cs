using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Golgi.Foundation;

namespace Golgi.Data.Archives;

/// <summary>Unpacks named files of a .tar, .tar.gz or .tar.xz archive, once, into a folder of the cache.</summary>
internal static class TarArchive
{
    private const int EdgeBytes = 1 << 20; // of an archive's start and end that go into its fingerprint

    /// <summary>Unpacks files, or finds them unpacked earlier from the same archive.</summary>
    /// <param name="archive">Its kind is seen from its first bytes.</param>
    /// <param name="names">The files wanted, without folders; others are passed over. Only these names are ever
    /// written, whatever paths the archive gives, so that no entry can leave the folder.</param>
    /// <param name="cacheFolder">Gets a folder <c>unpacked/...</c>, complete or not at all.</param>
    /// <returns>The folder that holds the files.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged or lacks a file.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static string Unpack(
        string archive, IReadOnlyList<string> names, string cacheFolder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (names.FirstOrDefault(name => Path.GetFileName(name) != name || name is "" or "." or "..") is { } path)
        {
            throw new InvalidDataException($"{archive}: '{path}' is no plain file name.");
        }

        string target = Path.Combine(cacheFolder, "unpacked", $"{Path.GetFileName(archive).Split('.')[0]}-{Fingerprint(archive, names)}");
        if (Directory.Exists(target)) return target;

        string part = $"{target}.{Guid.NewGuid():n}.part";
        Directory.CreateDirectory(part);
        try
        {
            Extract(archive, names, part, progress, cancellation);
            Settle(part, target);
            return target;
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{archive}: the archive is cut off.");
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{archive}: {error.Message}", error);
        }
        finally
        {
            if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
        }
    }

    private static void Extract(
        string archive, IReadOnlyList<string> names, string folder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var file = File.OpenRead(archive);
        using var content = Decompress(file);
        using var tar = new TarReader(content);
        var missing = new HashSet<string>(names);
        byte[] buffer = new byte[1 << 16];
        while (missing.Count > 0 && tar.GetNextEntry() is { } entry)
        {
            string name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !missing.Remove(name)) continue;
            cancellation.ThrowIfCancellationRequested();
            entry.ExtractToFile(Path.Combine(folder, name), overwrite: false);
            progress?.Report(new WorkProgress($"unpacking {Path.GetFileName(archive)}", file.Position, file.Length));
        }

        if (missing.Count > 0)
        {
            throw new InvalidDataException($"the archive lacks {string.Join(", ", missing.Order().Take(6))} ({missing.Count} in all).");
        }

        // To the end, for the checksums that stand there.
        while (content.Read(buffer) > 0) cancellation.ThrowIfCancellationRequested();
    }

    private static Stream Decompress(FileStream file)
    {
        int first = file.ReadByte(), second = file.ReadByte();
        file.Position = 0;
        return (first, second) switch
        {
            (0x1f, 0x8b) => new GZipStream(file, CompressionMode.Decompress, leaveOpen: true),
            (0xfd, '7') => new XzStream(file),
            _ => file,
        };
    }

    /// <summary>Another process may have unpacked the same archive meanwhile; then its folder serves.</summary>
    private static void Settle(string part, string target)
    {
        try
        {
            Directory.Move(part, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Directory.Delete(part, recursive: true);
        }
    }

    /// <summary>Names what is unpacked by the archive's size, its start and its end, and the names wanted: enough to tell archives apart, without
    /// reading
    /// all of it each time.</summary>
    private static string Fingerprint(string archive, IReadOnlyList<string> names)
    {
        using var file = File.OpenRead(archive);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(file.Length));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', names)));
        byte[] edge = new byte[(int)Math.Min(EdgeBytes, file.Length)];
        file.ReadExactly(edge);
        hash.AppendData(edge);
        file.Position = file.Length - edge.Length;
        file.ReadExactly(edge);
        hash.AppendData(edge);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
