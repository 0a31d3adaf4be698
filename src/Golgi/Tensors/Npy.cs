using System.IO.Compression;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Tensors;

/// <summary>Reads and writes NumPy's files: one array (.npy), or several by name (.npz).</summary>
public static class Npy
{
    // Deflate cannot shrink anything to less than 1/1032; an entry that claims more is a bomb.
    private const long DeflateLimit = 1032;

    /// <summary>Reads one array.</summary>
    /// <returns>A contiguous tensor on the CPU; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">It is not a whole .npy file, or its type is not one that torch has.</exception>
    public static Tensor Read(string path)
    {
        using var file = new NpyFile(path);
        return file.ReadAll();
    }

    /// <summary>Writes one array in C order, by way of a temporary file and a rename.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensor">Any shape, any device; borrowed.</param>
    /// <exception cref="ArgumentException">NumPy has no such type (bfloat16).</exception>
    public static void Write(string path, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        byte[] header = NpyHeader.Write(tensor.dtype, tensor.shape);
        AtomicFile.Write(path, stream => WriteTo(stream, header, tensor));
    }

    /// <summary>Reads all arrays of an .npz archive.</summary>
    /// <returns>The arrays by their names without <c>.npy</c>; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The archive or one of its arrays is damaged, or a name leaves the archive (<c>..</c>).</exception>
    public static NamedTensors ReadArchive(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var result = new NamedTensors();
        try
        {
            foreach (var entry in archive.Entries) AddEntry(path, entry, result);
            return result;
        }
        catch (Exception error) when (error is EndOfStreamException or NotSupportedException or ArgumentException)
        {
            result.Dispose();
            throw new InvalidDataException($"{path}: the archive is damaged ({error.Message}).", error);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Writes arrays to an uncompressed .npz archive, by way of a temporary file and a rename.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">Names without <c>.npy</c>, and tensors; borrowed.</param>
    public static void WriteArchive(string path, IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, tensor) in tensors)
            {
                using var entry = archive.CreateEntry($"{name}.npy", CompressionLevel.NoCompression).Open();
                WriteTo(entry, NpyHeader.Write(tensor.dtype, tensor.shape), tensor);
            }
        });
    }

    /// <summary>Turns the bytes of each word round, in place.</summary>
    internal static void SwapWords(Span<byte> bytes, int word)
    {
        for (int at = 0; at + word <= bytes.Length; at += word) bytes.Slice(at, word).Reverse();
    }

    private static void AddEntry(string path, ZipArchiveEntry entry, NamedTensors result)
    {
        string name = $"{path}:{entry.FullName}";
        if (entry.FullName.Split('/', '\\').Contains("..") || Path.IsPathRooted(entry.FullName))
        {
            throw new InvalidDataException($"{name}: the name leaves the archive; an .npz holds plain names.");
        }

        if (entry.Length > Math.Max(entry.CompressedLength, 1) * DeflateLimit)
        {
            throw new InvalidDataException($"{name}: {entry.CompressedLength} bytes cannot unpack to the {entry.Length} that are claimed.");
        }

        using var stream = entry.Open();
        var header = NpyHeader.Read(name, stream, entry.Length);
        long[] shape = header.Fortran ? [.. header.Shape.Reverse()] : header.Shape;
        var tensor = empty(shape, header.Type);
        using var scope = NewDisposeScope();
        try
        {
            TensorBytes.Visit(tensor, (_, memory) =>
            {
                stream.ReadExactly(memory.Span);
                if (header.BigEndian && header.Word > 1) SwapWords(memory.Span, header.Word);
            });
            string key = entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;
            result.Add(key, header.Fortran && shape.Length > 1 ? Turned(tensor) : tensor);
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    private static Tensor Turned(Tensor columns)
    {
        using (columns)
        {
            using var view = columns.permute([.. Enumerable.Range(0, (int)columns.dim()).Select(i => columns.dim() - 1 - i)]);
            return view.contiguous();
        }
    }

    private static void WriteTo(Stream stream, byte[] header, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        stream.Write(header);
        TensorBytes.Visit(tensor.detach().cpu().contiguous(), (_, memory) => stream.Write(memory.Span));
    }
}
