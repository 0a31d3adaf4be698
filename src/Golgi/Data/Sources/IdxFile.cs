using System.Buffers.Binary;
using System.IO.Compression;
using static TorchSharp.torch;

namespace Golgi.Data.Sources;

/// <summary>Reads the IDX format of MNIST: two zero bytes, a type, the number of dimensions, the big-endian dimensions,
/// the values. Plain or compressed with gzip, whichever the file's first bytes say.</summary>
/// <remarks>Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database", file formats. Only type 0x08 (unsigned byte)
/// is read.</remarks>
internal static class IdxFile
{
    private const int UnsignedByte = 0x08;
    private const int LargestGzipRatio = 1032; // a deflate block cannot expand by more (zlib's technical notes)

    /// <summary>Reads a file.</summary>
    /// <param name="path">Plain or gzip.</param>
    /// <param name="dimensions">How many dimensions it must have: 1 for labels, 3 for grey images.</param>
    /// <returns>uint8, the file's shape; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">It is not such a file, is cut off, damaged, or longer than its header
    /// says.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static Tensor Read(string path, int dimensions)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        bool compressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        try
        {
            if (!compressed) return Read(file, dimensions, file.Length);
            uint length = UnpackedLength(file);
            using var content = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            return Read(content, dimensions, length);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: the file is cut off; it ends before the values that its header announces.");
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>What a gzip file of one member says in its last four bytes. .NET's decoder does not miss a trailer that
    /// was cut off; comparing this with the header does.</summary>
    private static uint UnpackedLength(FileStream file)
    {
        const int headerAndTrailer = 18;
        if (file.Length < headerAndTrailer) throw new EndOfStreamException();
        Span<byte> length = stackalloc byte[4];
        file.Position = file.Length - length.Length;
        file.ReadExactly(length);
        file.Position = 0;
        uint unpacked = BinaryPrimitives.ReadUInt32LittleEndian(length);
        return unpacked <= file.Length * LargestGzipRatio ? unpacked : throw new EndOfStreamException();
    }

    private static Tensor Read(Stream content, int dimensions, long length)
    {
        long[] shape = ReadHeader(content, dimensions);
        double announced = shape.Aggregate(1.0, (product, size) => product * size);
        long held = length - 4 - (4 * dimensions);
        if (announced != held || held > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"the header announces {announced} values, and the file's length is not that of so many; it is cut off or damaged.");
        }

        int count = (int)held;
        var values = empty(shape, ScalarType.Byte);
        try
        {
            if (count > 0) content.ReadExactly(values.bytes);
            if (content.ReadByte() >= 0) throw new InvalidDataException($"the file goes on after {count} values."); // and checks the CRC
        }
        catch
        {
            values.Dispose();
            throw;
        }

        return values;
    }

    private static long[] ReadHeader(Stream content, int dimensions)
    {
        Span<byte> magic = stackalloc byte[4];
        content.ReadExactly(magic);
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != UnsignedByte || magic[3] != dimensions)
        {
            throw new InvalidDataException(
                $"wrong magic number {Convert.ToHexStringLower(magic)}; "
                + $"an IDX file of bytes with {dimensions} dimensions starts with 000008{dimensions:x2}.");
        }

        Span<byte> size = stackalloc byte[4];
        long[] shape = new long[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            content.ReadExactly(size);
            shape[i] = BinaryPrimitives.ReadUInt32BigEndian(size);
        }

        return shape;
    }
}
