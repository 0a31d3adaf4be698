using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Golgi.Interchange.Wire;

/// <summary>Reads one message of the protocol buffers wire format. Every step is checked against the message's end;
/// blobs are slices of the file, not copies.</summary>
/// <remarks>Wire types: 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes.</remarks>
internal struct WireReader(string path, ReadOnlyMemory<byte> data, long origin = 0, int depth = 0)
{
    private const int Deepest = 64;

    private int at;

    /// <summary>The number of the field at hand.</summary>
    public int Field { get; private set; }

    /// <summary>Its wire type.</summary>
    public int Type { get; private set; }

    /// <summary>Where in the file the reader is.</summary>
    public readonly long Offset => origin + at;

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the message's end.</returns>
    public bool Next()
    {
        if (at == data.Length) return false;
        ulong key = Varint();
        Field = (int)Math.Min(key >> 3, int.MaxValue);
        Type = (int)(key & 7);
        if (Field == 0) throw Bad("a field has the number 0");
        return true;
    }

    public ulong Varint()
    {
        var span = data.Span;
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= span.Length) throw Bad("a number is cut off");
            byte part = span[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }

        throw Bad("a number is longer than 64 bits");
    }

    /// <summary>The field's value as a whole number.</summary>
    public long Integer()
    {
        Expect(0);
        return (long)Varint();
    }

    public float Float()
    {
        Expect(5);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4).Span);
    }

    public double Double()
    {
        Expect(1);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8).Span);
    }

    public ReadOnlyMemory<byte> Bytes()
    {
        Expect(2);
        ulong length = Varint();
        if (length > (ulong)(data.Length - at)) throw Bad($"a field of {length} bytes has {data.Length - at} left");
        return Take((int)length);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    /// <summary>The field's value as a message of its own.</summary>
    public WireReader Message()
    {
        if (depth == Deepest) throw Bad($"messages lie more than {Deepest} deep in one another");
        var bytes = Bytes();
        return new WireReader(path, bytes, Offset - bytes.Length, depth + 1);
    }

    /// <summary>Appends a repeated whole number, packed or not.</summary>
    public void Integers(List<long> values)
    {
        if (Type == 0)
        {
            values.Add((long)Varint());
            return;
        }

        var inner = Message();
        while (inner.at < inner.Length) values.Add((long)inner.Varint());
    }

    /// <summary>Appends a repeated float, packed or not.</summary>
    public void Floats(List<float> values)
    {
        if (Type == 5) values.Add(Float());
        else Append(values, 4, BinaryPrimitives.ReadSingleLittleEndian);
    }

    /// <summary>Appends a repeated double, packed or not.</summary>
    public void Doubles(List<double> values)
    {
        if (Type == 1) values.Add(Double());
        else Append(values, 8, BinaryPrimitives.ReadDoubleLittleEndian);
    }

    /// <summary>Passes over the field.</summary>
    public void Skip()
    {
        switch (Type)
        {
            case 0: Varint(); break;
            case 1: Take(8); break;
            case 2: Bytes(); break;
            case 5: Take(4); break;
            default: throw Bad($"wire type {Type} is not one of 0, 1, 2, 5");
        }
    }

    public readonly InvalidDataException Bad(string what) => new($"{path}, offset {Offset}: {what}.");

    private readonly int Length => data.Length;

    private readonly void Expect(int type)
    {
        if (Type != type) throw Bad($"field {Field} has wire type {Type} where {type} belongs");
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > data.Length - at) throw Bad($"{count} bytes are needed and {data.Length - at} left");
        at += count;
        return data.Slice(at - count, count);
    }

    private delegate T Decode<T>(ReadOnlySpan<byte> bytes);

    private void Append<T>(List<T> values, int size, Decode<T> decode)
        where T : unmanaged
    {
        var bytes = Bytes().Span;
        if (bytes.Length % size != 0) throw Bad($"packed numbers take {bytes.Length} bytes, not a multiple of {size}");
        int first = values.Count;
        CollectionsMarshal.SetCount(values, first + (bytes.Length / size));
        var target = CollectionsMarshal.AsSpan(values)[first..];
        for (int i = 0; i < target.Length; i++) target[i] = decode(bytes.Slice(i * size, size));
    }
}
