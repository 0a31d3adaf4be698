using System.Buffers.Binary;
using Golgi.Foundation;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>A constant as the file stores it: a slice of the file, a list of numbers, or a place in another file.</summary>
public sealed class OnnxTensor
{
    /// <summary>Its name; empty for values of attributes.</summary>
    public string Name { get; set; } = "";

    /// <summary>The format's number of the element type: 1 is float32, 7 int64, 10 float16.</summary>
    public int ElementType { get; set; }

    /// <summary>The shape.</summary>
    public IReadOnlyList<long> Shape { get; set; } = [];

    internal ReadOnlyMemory<byte>? Raw { get; set; }

    internal List<float> Floats { get; } = [];

    internal List<double> Doubles { get; } = [];

    internal List<long> Integers { get; } = [];

    internal OnnxExternal? External { get; set; }

    /// <summary>Where the model lies, for messages.</summary>
    internal string Source { get; set; } = "";

    /// <summary>How many values there are, by the shape; −1 where the shape makes no sense.</summary>
    public long Count
    {
        get
        {
            long bytes = TensorBytes.Length([.. Shape], ScalarType.Byte);
            return Shape.Count > 64 ? -1 : bytes;
        }
    }

    /// <summary>A copy of a torch tensor, for writing.</summary>
    public static OnnxTensor From(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        var flat = tensor.detach().cpu().contiguous();
        long length = flat.numel() * TensorBytes.Size(flat.dtype);
        if (length > Array.MaxLength) throw new ArgumentException($"'{name}' has {length} bytes; ONNX files hold less than 2 GB.", nameof(tensor));
        byte[] bytes = new byte[length];
        TensorBytes.Visit(flat, (at, memory) => memory.Span.CopyTo(bytes.AsSpan((int)at)));
        return new OnnxTensor { Name = name, ElementType = OnnxElement.Of(flat.dtype), Shape = [.. flat.shape], Raw = bytes };
    }

    /// <summary>The values as torch computes with them: half precision as float32, unsigned numbers as the next wider signed type.</summary>
    /// <returns>A tensor of <see cref="Shape"/> on the CPU; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The stored bytes do not make the shape, or the type has no numbers.</exception>
    public Tensor ToTensor()
    {
        var type = OnnxElement.Compute(ElementType) ?? throw new InvalidDataException(
            Bad($"has element type {OnnxElement.Name(ElementType)}, which Golgi does not compute with").Message, new NotSupportedException());
        long count = Count;
        if (count < 0) throw Bad($"has the impossible shape {Check.Describe([.. Shape])}");
        if (External is { } external) return Finish(external.Read(this, count * OnnxElement.Size(ElementType)), type);
        if (Raw is { } raw)
        {
            long needed = count > long.MaxValue / 16 ? long.MaxValue : count * OnnxElement.Size(ElementType);
            return raw.Length == needed
                ? Finish(raw, type)
                : throw Bad($"has {raw.Length} bytes, but {Check.Describe([.. Shape])} of {OnnxElement.Name(ElementType)} takes {needed}");
        }

        return FromLists(type, count);
    }

    internal InvalidDataException Bad(string what) => new($"{Source}: tensor '{Name}' {what}.");

    private Tensor Finish(ReadOnlyMemory<byte> raw, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var stored = ElementType switch
        {
            OnnxElement.Half => ScalarType.Float16,
            OnnxElement.BFloat16 => ScalarType.BFloat16,
            OnnxElement.UInt16 => ScalarType.Int16,
            OnnxElement.UInt32 => ScalarType.Int32,
            OnnxElement.Bool => ScalarType.Byte,
            _ => type,
        };
        var values = empty([.. Shape], stored);
        TensorBytes.Visit(values, (at, memory) => raw.Span.Slice((int)at, memory.Span.Length).CopyTo(memory.Span));
        if (ElementType == OnnxElement.Bool) values = values.ne(0);
        if (stored != type) values = values.to(type);
        if (ElementType == OnnxElement.UInt16) values = values.bitwise_and(0xffff);
        if (ElementType == OnnxElement.UInt32) values = values.bitwise_and(0xffffffffL);
        return values.MoveToOuterDisposeScope();
    }

    private Tensor FromLists(ScalarType type, long count)
    {
        bool complex = ElementType is OnnxElement.Complex64 or OnnxElement.Complex128;
        long stored = Math.Max(Floats.Count, Math.Max(Doubles.Count, Integers.Count));
        if (complex || stored != count) throw Bad($"has {stored} values, but {Check.Describe([.. Shape])} takes {count}");
        using var scope = NewDisposeScope();
        Tensor values;
        if (count == 0) values = empty([.. Shape], type);
        else if (Floats.Count > 0) values = tensor(Floats.ToArray());
        else if (Doubles.Count > 0) values = tensor(Doubles.ToArray());
        else values = ElementType is OnnxElement.Half or OnnxElement.BFloat16 ? HalfBits() : tensor(Integers.ToArray());
        return values.to_type(type).reshape([.. Shape]).MoveToOuterDisposeScope();
    }

    // The format keeps the 16 bits of a half or bfloat16 in the low half of an int32.
    private Tensor HalfBits() => tensor(Integers.Select(bits => ElementType == OnnxElement.Half
        ? (float)BitConverter.UInt16BitsToHalf((ushort)bits)
        : BitConverter.Int32BitsToSingle((int)((uint)(ushort)bits << 16))).ToArray());

    /// <summary>The raw little-endian bytes, for writing.</summary>
    internal ReadOnlyMemory<byte> RawBytes()
    {
        if (Raw is { } raw) return raw;
        if (External is { } external) return external.Read(this, Count * OnnxElement.Size(ElementType));
        byte[] bytes = new byte[Count * OnnxElement.Size(ElementType)];
        int size = OnnxElement.Size(ElementType);
        for (int i = 0; i < Floats.Count; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * size), Floats[i]);
        for (int i = 0; i < Doubles.Count; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * size), Doubles[i]);
        for (int i = 0; i < Integers.Count; i++) BitConverter.GetBytes(Integers[i]).AsSpan(0, size).CopyTo(bytes.AsSpan(i * size));
        return bytes;
    }
}
