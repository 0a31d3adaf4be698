using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Golgi.Data.Sources;

/// <summary>Reads CIFAR-10's binary files: records of one label byte and 3,072 bytes of picture, red, then green, then
/// blue, rows from the top.</summary>
/// <remarks>A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009, and the data set's
/// page.</remarks>
internal static class CifarFile
{
    private const int Side = 32, PictureBytes = 3 * Side * Side, RecordBytes = 1 + PictureBytes, Classes = 10;

    /// <summary>Reads files one after another.</summary>
    /// <param name="paths">The files, in the order of their pictures.</param>
    /// <param name="digests">Receives each file's SHA-256.</param>
    /// <returns>uint8 [n, 3, 32, 32]; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">A file is no whole number of records, is empty, or holds a label above
    /// 9.</exception>
    public static TensorExamples Read(IReadOnlyList<string> paths, List<string> digests, CancellationToken cancellation)
    {
        int count = paths.Sum(Records);
        using var scope = NewDisposeScope();
        var images = empty([count, 3, Side, Side], ScalarType.Byte);
        long[] labels = new long[count];
        int done = 0;
        foreach (string path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] bytes = File.ReadAllBytes(path);
            digests.Add(Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Copy(bytes, path, images.bytes[(done * PictureBytes)..], labels.AsSpan(done));
            done += bytes.Length / RecordBytes;
        }

        return new TensorExamples(images, tensor(labels, ScalarType.Int64));
    }

    private static int Records(string path)
    {
        long length = new FileInfo(path).Length;
        return length > 0 && length % RecordBytes == 0
            ? (int)(length / RecordBytes)
            : throw new InvalidDataException(
                $"{path}: holds {length} bytes, which is no whole number of records of {RecordBytes} bytes; "
                + "it is cut off or no CIFAR-10 file.");
    }

    private static void Copy(byte[] bytes, string path, Span<byte> images, Span<long> labels)
    {
        for (int i = 0; i < bytes.Length / RecordBytes; i++)
        {
            var record = bytes.AsSpan(i * RecordBytes, RecordBytes);
            labels[i] = record[0] < Classes
                ? record[0]
                : throw new InvalidDataException(
                    $"{path}: record {i} at byte {(long)i * RecordBytes} has label {record[0]}; labels lie in 0..9.");
            record[1..].CopyTo(images[(i * PictureBytes)..]);
        }
    }
}
