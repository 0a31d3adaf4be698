using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace Golgi.Tensors;

/// <summary>The head of a .npy file: what the bytes after it are.</summary>
/// <param name="Type">The torch type that values are read into.</param>
/// <param name="Stored">NumPy's code without the byte order, such as <c>f4</c>.</param>
/// <param name="BigEndian">True where values must be turned round.</param>
/// <param name="Fortran">True where the first index runs fastest.</param>
/// <param name="Shape">The array's shape.</param>
/// <param name="Start">Where the values begin, in bytes.</param>
internal sealed partial record NpyHeader(ScalarType Type, string Stored, bool BigEndian, bool Fortran, long[] Shape, int Start)
{
    private const int Longest = 1 << 16;

    private static readonly Dictionary<string, ScalarType> Types = new()
    {
        ["b1"] = ScalarType.Bool,
        ["u1"] = ScalarType.Byte,
        ["i1"] = ScalarType.Int8,
        ["i2"] = ScalarType.Int16,
        ["i4"] = ScalarType.Int32,
        ["i8"] = ScalarType.Int64,
        ["f2"] = ScalarType.Float16,
        ["f4"] = ScalarType.Float32,
        ["f8"] = ScalarType.Float64,
        ["c8"] = ScalarType.ComplexFloat32,
        ["c16"] = ScalarType.ComplexFloat64,
    };

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The width of the number whose bytes are turned round: half an element for complex numbers.</summary>
    public int Word => (int)TensorBytes.Size(Type) / (Stored[0] == 'c' ? 2 : 1);

    /// <summary>Reads a header from the first bytes of a file.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="stream">At the file's first byte; left at the first value.</param>
    /// <param name="length">The length of the whole file, in bytes.</param>
    /// <exception cref="InvalidDataException">It is not a .npy header, or does not fit the length.</exception>
    public static NpyHeader Read(string name, Stream stream, long length)
    {
        Span<byte> head = stackalloc byte[12];
        stream.ReadExactly(head[..(length < 10 ? throw Bad(name, 0, "a .npy file has 10 bytes or more") : 10)]);
        if (!head[..6].SequenceEqual(Magic) || head[6] is < 1 or > 3)
        {
            throw Bad(name, 0, "this is not a .npy file of version 1 to 3");
        }

        int prefix = head[6] == 1 ? 10 : 12;
        if (length < prefix) throw Bad(name, 8, "the header is cut off");
        if (prefix == 12) stream.ReadExactly(head[10..]);
        long size = prefix == 10 ? BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (size > length - prefix || size > Longest) throw Bad(name, 8, $"the header is {size} bytes long, the file {length}");
        byte[] text = new byte[size];
        stream.ReadExactly(text);
        return Parse(name, Encoding.Latin1.GetString(text), prefix + (int)size, length);
    }

    /// <summary>The bytes of a header (version 1.0) for values in C order.</summary>
    public static byte[] Write(ScalarType type, ReadOnlySpan<long> shape)
    {
        string code = Types.FirstOrDefault(entry => entry.Value == type).Key
            ?? throw new ArgumentException($"The tensor is {type}; .npy holds {string.Join(", ", Types.Values)}.", nameof(type));
        string order = TensorBytes.Size(type) == 1 ? "|" : "<";
        string extents = string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? "," : "");
        string text = $"{{'descr': '{order}{code}', 'fortran_order': False, 'shape': ({extents}), }}";
        int size = ((10 + text.Length + 1 + 63) / 64 * 64) - 10;
        byte[] bytes = new byte[10 + size];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)size);
        Encoding.ASCII.GetBytes(text.PadRight(size - 1) + "\n", bytes.AsSpan(10));
        return bytes;
    }

    private static NpyHeader Parse(string name, string text, int start, long length)
    {
        var descr = DescrPattern().Match(text);
        var fortran = FortranPattern().Match(text);
        var shape = ShapePattern().Match(text);
        if (!descr.Success || !fortran.Success || !shape.Success)
        {
            throw Bad(name, 10, "the header lacks descr (one simple type), fortran_order or shape");
        }

        string code = descr.Groups[2].Value;
        if (!Types.TryGetValue(code, out var type))
        {
            throw Bad(name, 10, $"values are of type '{code}'; readable are {string.Join(", ", Types.Keys)}");
        }

        var extents = new List<long>();
        foreach (string part in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long extent) || extents.Count == 64)
            {
                throw Bad(name, 10, $"the shape ({shape.Groups[1].Value}) is not a list of up to 64 sizes");
            }

            extents.Add(extent);
        }

        long[] sizes = [.. extents];
        long bytes = TensorBytes.Length(sizes, type);
        if (bytes < 0 || bytes > length - start)
        {
            throw Bad(name, start, $"[{string.Join(", ", sizes)}] of {code} needs more than the {length - start} bytes that follow");
        }

        return new(type, code, descr.Groups[1].Value == ">", fortran.Groups[1].Value == "True", sizes, start);
    }

    public static InvalidDataException Bad(string name, long offset, string what) => new($"{name}, offset {offset}: {what}.");

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([<>|=]?)([a-z]\d{1,2})['"]""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DescrPattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FortranPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShapePattern();
}
