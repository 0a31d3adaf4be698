using System.Buffers.Binary;
using System.Text.Json;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Tensors;

/// <summary>Reads and writes safetensors files: a JSON header, then the tensors' bytes.</summary>
/// <remarks>Format: 8 bytes header length (little endian), the header, the data; every byte of the data belongs to exactly one
/// tensor. Tensors are read by positioned reads into their own memory: one copy, and a file that shrinks meanwhile is an error
/// where a memory map would end the process.</remarks>
public static class SafeTensors
{
    private const long LongestHeader = 100_000_000;

    private static readonly Dictionary<string, ScalarType> Types = new()
    {
        ["BOOL"] = ScalarType.Bool,
        ["U8"] = ScalarType.Byte,
        ["I8"] = ScalarType.Int8,
        ["I16"] = ScalarType.Int16,
        ["I32"] = ScalarType.Int32,
        ["I64"] = ScalarType.Int64,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
        ["F32"] = ScalarType.Float32,
        ["F64"] = ScalarType.Float64,
        ["C64"] = ScalarType.ComplexFloat32,
    };

    /// <summary>Writes tensors to a temporary file beside <paramref name="path"/>, flushes it to the disk and renames it: readers see the old file
    /// or the whole new one.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">Names with tensors of any shape on any device; borrowed.</param>
    /// <param name="metadata">Free text by key; null: none.</param>
    /// <exception cref="ArgumentException">A name is there twice, or the format has no such element type.</exception>
    public static void Write(
        string path, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (string Name, Tensor Tensor)[] all = [.. tensors];
        if (all.GroupBy(entry => entry.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The name '{twice.Key}' is there twice; names must differ.", nameof(tensors));
        }

        // Wide elements first: then every tensor starts at a multiple of its element size.
        (string Name, Tensor Tensor)[] order = [.. all.OrderByDescending(entry => TensorBytes.Size(entry.Tensor.dtype))];
        byte[] header = Header(all, order, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in order)
            {
                using var scope = NewDisposeScope();
                TensorBytes.Visit(tensor.detach().cpu().contiguous(), (_, memory) => stream.Write(memory.Span));
            }
        });
    }

    /// <inheritdoc cref="Write(string, IEnumerable{ValueTuple{string, Tensor}}, IReadOnlyDictionary{string, string}?)"/>
    public static void Write(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Write(path, tensors.Select(entry => (entry.Key, entry.Value)), metadata);
    }

    /// <summary>Reads all tensors of a file, on the CPU.</summary>
    /// <returns>The tensors in the header's order, and the metadata; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The file is not a whole, well-formed safetensors file, or holds a type that torch lacks.</exception>
    public static NamedTensors Read(string path)
    {
        using var file = File.OpenHandle(path);
        var (entries, metadata, start) = ReadHeader(path, file, RandomAccess.GetLength(file));
        var result = new NamedTensors(metadata);
        try
        {
            foreach (var entry in entries)
            {
                var tensor = empty(entry.Shape, entry.Type);
                result.Add(entry.Name, tensor);
                TensorBytes.Fill(tensor, file, start + entry.Begin);
            }

            return result;
        }
        catch (EndOfStreamException)
        {
            result.Dispose();
            throw Bad(path, RandomAccess.GetLength(file), "the file became shorter while it was read");
        }
    }

    private static byte[] Header(
        (string Name, Tensor Tensor)[] all, (string Name, Tensor Tensor)[] order, IReadOnlyDictionary<string, string>? metadata)
    {
        var begins = new Dictionary<string, long>();
        long at = 0;
        foreach (var (name, tensor) in order)
        {
            begins[name] = at;
            at += tensor.numel() * TensorBytes.Size(tensor.dtype);
        }

        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }

            foreach (var (name, tensor) in all) WriteEntry(json, name, tensor, begins[name]);
            json.WriteEndObject();
        }

        while (memory.Length % 8 != 0) memory.WriteByte((byte)' ');
        return memory.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long begin)
    {
        string type = Types.FirstOrDefault(entry => entry.Value == tensor.dtype).Key
            ?? throw new ArgumentException(
                $"Tensor '{name}' is {tensor.dtype}; safetensors holds {string.Join(", ", Types.Values)}.", nameof(tensor));
        json.WriteStartObject(name);
        json.WriteString("dtype", type);
        json.WriteStartArray("shape");
        foreach (long extent in tensor.shape) json.WriteNumberValue(extent);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + (tensor.numel() * TensorBytes.Size(tensor.dtype)));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata, long Start) ReadHeader(
        string path, Microsoft.Win32.SafeHandles.SafeFileHandle file, long length)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (length < 8 || RandomAccess.Read(file, prefix, 0) < 8) throw Bad(path, 0, "a safetensors file starts with 8 bytes of header length");
        long size = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (size < 2 || size > length - 8 || size > LongestHeader)
        {
            throw Bad(path, 0, $"the header's length is {size}, but {length - 8} bytes follow");
        }

        byte[] text = new byte[size];
        for (int done = 0; done < text.Length;)
        {
            int got = RandomAccess.Read(file, text.AsSpan(done), 8 + done);
            if (got == 0) throw Bad(path, 8 + done, "the header is cut off");
            done += got;
        }

        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            return ParseHeader(path, json.RootElement, 8 + size, length - 8 - size);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw Bad(path, 8, $"the header is not what the format asks for ({error.Message})");
        }
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata, long Start) ParseHeader(
        string path, JsonElement root, long start, long available)
    {
        var entries = new List<Entry>();
        var metadata = new Dictionary<string, string>();
        var names = new HashSet<string>();
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name)) throw Bad(path, 8, $"'{property.Name}' is there twice");
            if (property.Name == "__metadata__")
            {
                foreach (var pair in property.Value.EnumerateObject()) metadata[pair.Name] = pair.Value.GetString() ?? "";
            }
            else
            {
                entries.Add(ParseEntry(path, property, start, available));
            }
        }

        CheckCover(path, entries, start, available);
        return (entries, metadata, start);
    }

    private static Entry ParseEntry(string path, JsonProperty property, long start, long available)
    {
        string name = property.Name;
        if (!property.Value.TryGetProperty("dtype", out var dtype) || !property.Value.TryGetProperty("shape", out var shape)
            || !property.Value.TryGetProperty("data_offsets", out var offsets) || offsets.GetArrayLength() != 2)
        {
            throw Bad(path, 8, $"tensor '{name}' lacks dtype, shape or two data_offsets");
        }

        if (!Types.TryGetValue(dtype.GetString() ?? "", out var type))
        {
            throw Bad(path, 8, $"tensor '{name}' has the type {dtype}; readable are {string.Join(", ", Types.Keys)}");
        }

        long[] extents = [.. shape.EnumerateArray().Select(extent => extent.GetInt64())];
        if (extents.Length > 64) throw Bad(path, 8, $"tensor '{name}' has {extents.Length} dimensions; 64 are the most");
        long begin = offsets[0].GetInt64(), end = offsets[1].GetInt64();
        if (begin < 0 || end < begin || end > available)
        {
            throw Bad(path, start + Math.Max(0, begin), $"tensor '{name}' lies at [{begin}, {end}) of {available} bytes of data");
        }

        if (TensorBytes.Length(extents, type) != end - begin)
        {
            throw Bad(path, start + begin, $"tensor '{name}' has {end - begin} bytes, which do not make [{string.Join(", ", extents)}] of {dtype}");
        }

        return new Entry(name, type, extents, begin, end);
    }

    private static void CheckCover(string path, List<Entry> entries, long start, long available)
    {
        long at = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != at) throw Bad(path, start + at, $"tensor '{entry.Name}' starts at {entry.Begin}, where {at} is next");
            at = entry.End;
        }

        if (at != available) throw Bad(path, start + at, $"{available - at} bytes belong to no tensor");
    }

    private static InvalidDataException Bad(string path, long offset, string what) =>
        new($"{path}, offset {offset}: {what}.");

    private sealed record Entry(string Name, ScalarType Type, long[] Shape, long Begin, long End);
}
