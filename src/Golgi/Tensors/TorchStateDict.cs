using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using Golgi.Tensors.Pickle;
using static TorchSharp.torch;

namespace Golgi.Tensors;

/// <summary>Reads PyTorch's files of weights (.pt, .pth, .th), the zip format and the older one, without running anything in them.</summary>
/// <remarks>Where the file holds a dictionary with <c>state_dict</c>, <c>model_state_dict</c> or <c>model</c> in it, that one is
/// read; numbers and texts beside it become metadata. Nested names are joined by dots.</remarks>
public static class TorchStateDict
{
    private const long LegacyMagic = unchecked((long)0xa86a20f9469cfc6cUL);
    private const long DeflateLimit = 1032;
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model"];

    /// <summary>Reads all tensors of a file, on the CPU.</summary>
    /// <returns>The tensors in the dictionary's order, contiguous; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or its pickle names anything but what state dicts are made of.</exception>
    public static NamedTensors Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Span<byte> start = stackalloc byte[4];
        using (var file = File.OpenRead(path))
        {
            if (file.Length > Array.MaxLength) throw new InvalidDataException($"{path}: the file has {file.Length} bytes; 2 GB are the most.");
            if (file.ReadAtLeast(start, 4, throwOnEndOfStream: false) < 4)
            {
                throw new InvalidDataException($"{path}, offset 0: the file is too short for PyTorch weights.");
            }
        }

        return start.SequenceEqual("PK\u0003\u0004"u8) ? ReadZip(path) : ReadLegacy(path);
    }

    private static NamedTensors ReadZip(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var pickle = archive.Entries.FirstOrDefault(
                entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal) || entry.FullName == "data.pkl")
                ?? throw new InvalidDataException($"{path}: the archive has no data.pkl; it is not a file of PyTorch weights.");
            if (archive.Entries.FirstOrDefault(entry => entry.FullName.Split('/', '\\').Contains("..")) is { } climbing)
            {
                throw new InvalidDataException($"{path}: the entry '{climbing.FullName}' leaves the archive.");
            }

            string folder = pickle.FullName[..^"data.pkl".Length];
            var root = new PickleReader($"{path}:{pickle.FullName}", Bytes(path, pickle), 0).Read();
            var cache = new Dictionary<string, byte[]>();
            return Collect(path, root, storage => Stored(storage));

            byte[] Stored(PickleStorage storage)
            {
                if (cache.TryGetValue(storage.Root, out byte[]? bytes)) return bytes;
                var entry = archive.GetEntry($"{folder}data/{storage.Root}")
                    ?? throw new InvalidDataException($"{path}: the archive lacks the numbers '{storage.Root}'.");
                return cache[storage.Root] = Bytes(path, entry);
            }
        }
        catch (Exception error) when (error is EndOfStreamException or NotSupportedException)
        {
            throw new InvalidDataException($"{path}: the archive is damaged ({error.Message}).", error);
        }
    }

    private static byte[] Bytes(string path, ZipArchiveEntry entry)
    {
        if (entry.Length > Array.MaxLength || entry.Length > Math.Max(1, entry.CompressedLength) * DeflateLimit)
        {
            throw new InvalidDataException(
                $"{path}:{entry.FullName}: {entry.CompressedLength} bytes cannot unpack to the {entry.Length} that are claimed.");
        }

        byte[] bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Magic number, protocol, machine, the dictionary, the storages' keys: five pickles. Then each storage: its count, its numbers.
    private static NamedTensors ReadLegacy(string path)
    {
        byte[] data = File.ReadAllBytes(path);
        int at = 0;
        object? Next()
        {
            var reader = new PickleReader(path, data, at);
            object? value = reader.Read();
            at = reader.Position;
            return value;
        }

        if (data[0] != 0x80 || Next() is not LegacyMagic || Next() is not 1001L)
        {
            throw new InvalidDataException($"{path}, offset 0: this is not a file of PyTorch weights.");
        }

        Next();
        object? root = Next();
        if (Next() is not List<object?> keys) throw new InvalidDataException($"{path}, offset {at}: the list of storages is missing.");
        var found = Storages(root);
        var places = new Dictionary<string, (int Start, int Length)>();
        foreach (object? key in keys)
        {
            if (key is not string name || !found.TryGetValue(name, out long size))
            {
                throw new InvalidDataException($"{path}, offset {at}: storage '{key}' belongs to no tensor.");
            }
            long count = data.Length - at >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(at)) : -1;
            if (count < 0 || count > (data.Length - at - 8) / size)
            {
                throw new InvalidDataException($"{path}, offset {at}: storage '{name}' is cut off.");
            }
            places[name] = (at + 8, (int)(count * size));
            at += 8 + (int)(count * size);
        }

        return Collect(path, root, storage => places.TryGetValue(storage.Root, out var place)
            ? data.AsMemory(place.Start, place.Length)
            : throw new InvalidDataException($"{path}: the numbers of storage '{storage.Root}' are missing."));
    }

    private static Dictionary<string, long> Storages(object? root) => Everything(root, 0)
        .OfType<PickleTensor>().GroupBy(tensor => tensor.Storage.Root)
            .ToDictionary(group => group.Key, group => TensorBytes.Size(group.First().Storage.Type));

    private static IEnumerable<object?> Everything(object? value, int depth)
    {
        if (depth > 16) return [];
        return value switch
        {
            PickleDictionary dictionary => dictionary.Entries.SelectMany(entry => Everything(entry.Value, depth + 1)),
            List<object?> list => list.SelectMany(item => Everything(item, depth + 1)),
            PickleTuple tuple => tuple.Items.SelectMany(item => Everything(item, depth + 1)),
            _ => [value],
        };
    }

    private static NamedTensors Collect(string path, object? root, Func<PickleStorage, ReadOnlyMemory<byte>> stored)
    {
        if (root is not PickleDictionary dictionary) throw new InvalidDataException($"{path}: the file holds no dictionary of tensors.");
        var inner = Wrappers.Select(dictionary.Find).OfType<PickleDictionary>().FirstOrDefault() ?? dictionary;
        var metadata = new Dictionary<string, string>();
        foreach (var (key, value) in dictionary.Entries)
        {
            if (key is string name && value is long or double or string or bool)
            {
                metadata[name] = Convert.ToString(value, CultureInfo.InvariantCulture)!;
            }
        }

        var result = new NamedTensors(metadata);
        try
        {
            Add(path, "", inner, 0, stored, result);
            return result;
        }
        catch (ArgumentException error)
        {
            result.Dispose();
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static void Add(
        string path, string prefix, PickleDictionary dictionary, int depth, Func<PickleStorage, ReadOnlyMemory<byte>> stored, NamedTensors result)
    {
        if (depth > 16) throw new InvalidDataException($"{path}: dictionaries lie more than 16 deep in one another.");
        foreach (var (key, value) in dictionary.Entries)
        {
            string name = prefix.Length == 0 ? $"{key}" : $"{prefix}.{key}";
            if (value is PickleTensor tensor) result.Add(name, Make(path, name, tensor, stored(tensor.Storage)));
            else if (value is PickleDictionary inner) Add(path, name, inner, depth + 1, stored, result);
        }
    }

    private static Tensor Make(string path, string name, PickleTensor tensor, ReadOnlyMemory<byte> bytes)
    {
        var (storage, offset, shape, strides) = tensor;
        long size = TensorBytes.Size(storage.Type), available = bytes.Length / size, length = TensorBytes.Length(shape, storage.Type);
        long first = offset + storage.Offset;
        if (shape.Length != strides.Length || shape.Length > 64 || length < 0 || length > bytes.Length || first < 0 || storage.Offset < 0
            || offset < 0
            || !Reaches(shape, strides, first, available))
        {
            throw new InvalidDataException($"{path}: tensor '{name}' of shape [{string.Join(", ", shape)}] does not fit its {available} numbers.");
        }

        using var scope = NewDisposeScope();
        if (length == 0) return empty(shape, storage.Type).MoveToOuterDisposeScope();
        long last = first + shape.Zip(strides, (extent, stride) => (extent - 1) * stride).Sum();
        var flat = empty(last - first + 1, storage.Type);
        TensorBytes.Visit(flat, (at, memory) => bytes.Span.Slice((int)((first * size) + at), memory.Span.Length).CopyTo(memory.Span));
        return flat.as_strided(shape, strides).contiguous().MoveToOuterDisposeScope();
    }

    private static bool Reaches(long[] shape, long[] strides, long first, long available)
    {
        if (shape.Contains(0)) return true;
        long last = first;
        for (int i = 0; i < shape.Length; i++)
        {
            if (strides[i] < 0 || strides[i] > available || shape[i] > available + 1) return false;
            last += (shape[i] - 1) * strides[i];
            if (last >= available || last < 0) return false;
        }

        return first < available;
    }
}
