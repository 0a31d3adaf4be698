using System.Buffers.Binary;
using System.Text;

namespace Golgi.Tensors.Pickle;

/// <summary>Parses a pickle of numbers, texts, lists, dictionaries and torch tensors. It is a parser, not Python's machine: the few
/// names that state dicts use have meanings here, every other name is refused, and nothing is imported or called.</summary>
internal sealed class PickleReader(string path, byte[] data, int at)
{
    private static readonly object Mark = new();

    private readonly List<object?> stack = [];
    private readonly Dictionary<long, object?> memo = [];

    /// <summary>Where the reader is in the data.</summary>
    public int Position => at;

    /// <summary>Reads one pickle, up to its STOP.</summary>
    /// <exception cref="InvalidDataException">The pickle is damaged, or names what a state dict does not need.</exception>
    public object? Read()
    {
        while (true)
        {
            byte code = Byte();
            if (code == '.') return Pop();
            Step(code);
        }
    }

    private void Step(byte code)
    {
        switch (code)
        {
            case 0x80: Byte(); break;                                        // PROTO
            case 0x95: Take(8); break;                                       // FRAME
            case (byte)'(': stack.Add(Mark); break;
            case (byte)'0': Pop(); break;
            case (byte)'}': stack.Add(new PickleDictionary()); break;
            case (byte)']': stack.Add(new List<object?>()); break;
            case (byte)')': stack.Add(new PickleTuple([])); break;
            case (byte)'N': stack.Add(null); break;
            case 0x88: stack.Add(true); break;
            case 0x89: stack.Add(false); break;
            case (byte)'K': stack.Add((long)Byte()); break;
            case (byte)'M': stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case (byte)'J': stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case 0x8a: stack.Add(Long(Byte())); break;
            case (byte)'G': stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case (byte)'X': stack.Add(Encoding.UTF8.GetString(Take(Length(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))))); break;
            case 0x8c: stack.Add(Encoding.UTF8.GetString(Take(Byte()))); break;
            case (byte)'U' or (byte)'C': stack.Add(Encoding.Latin1.GetString(Take(Byte()))); break;
            case (byte)'T' or (byte)'B': stack.Add(Encoding.Latin1.GetString(Take(Length(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))))); break;
            case (byte)'t': stack.Add(new PickleTuple([.. PopMarked()])); break;
            case 0x85: stack.Add(new PickleTuple(PopMany(1))); break;
            case 0x86: stack.Add(new PickleTuple(PopMany(2))); break;
            case 0x87: stack.Add(new PickleTuple(PopMany(3))); break;
            case (byte)'q': memo[Byte()] = Top(); break;
            case (byte)'r': memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top(); break;
            case 0x94: memo[memo.Count] = Top(); break;
            case (byte)'h': stack.Add(Recall(Byte())); break;
            case (byte)'j': stack.Add(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case (byte)'a': Append([Pop()]); break;
            case (byte)'e': Append(PopMarked()); break;
            case (byte)'s': Set(PopMany(2)); break;
            case (byte)'u': Set(PopMarked()); break;
            case (byte)'c': stack.Add(PickleNames.Checked(new PickleName(Line(), Line()), this)); break;
            case 0x93:
                object?[] names = PopMany(2);
                stack.Add(PickleNames.Checked(new PickleName(names[0] as string ?? "?", names[1] as string ?? "?"), this));
                break;
            case (byte)'Q': stack.Add(PickleNames.Storage(Pop(), this)); break;
            case (byte)'R' or 0x81:
                object?[] call = PopMany(2);
                stack.Add(PickleNames.Meaning(call[0], call[1], this));
                break;
            case (byte)'b': Build(); break;
            default: throw Bad($"the pickle holds the instruction 0x{code:x2}, which state dicts do not need");
        }
    }

    public InvalidDataException Bad(string what) => new($"{path}, offset {at}: {what}.");

    // State that is set on an ordered dictionary (its _metadata) is of no use here.
    private void Build()
    {
        Pop();
        if (Top() is not PickleDictionary) throw Bad("the pickle sets the state of something that is not a dictionary");
    }

    private void Append(IReadOnlyList<object?> items)
    {
        if (Top() is not List<object?> list) throw Bad("the pickle appends to something that is not a list");
        list.AddRange(items);
    }

    private void Set(IReadOnlyList<object?> items)
    {
        if (Top() is not PickleDictionary dictionary || items.Count % 2 != 0)
        {
            throw Bad("the pickle sets entries of something that is not a dictionary");
        }
        for (int i = 0; i < items.Count; i += 2) dictionary.Entries.Add((items[i], items[i + 1]));
    }

    private object? Recall(long key) =>
        memo.TryGetValue(key, out object? value) ? value : throw Bad($"the pickle recalls {key}, which it never stored");

    private object? Top() => stack.Count > 0 ? stack[^1] : throw Bad("the pickle takes from an empty stack");

    private object? Pop()
    {
        object? value = Top();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        if (stack.Count < count) throw Bad("the pickle takes from an empty stack");
        object?[] items = [.. stack[^count..]];
        stack.RemoveRange(stack.Count - count, count);
        return items;
    }

    private List<object?> PopMarked()
    {
        int mark = stack.LastIndexOf(Mark);
        if (mark < 0) throw Bad("the pickle goes back to a mark that it never set");
        var items = stack[(mark + 1)..];
        stack.RemoveRange(mark, stack.Count - mark);
        return items;
    }

    private long Long(int size)
    {
        var bytes = Take(size);
        if (size > 16) throw Bad($"a number of {size} bytes is longer than any that state dicts hold");
        return (long)(ulong)(new System.Numerics.BigInteger(bytes) & ulong.MaxValue);
    }

    private int Length(uint length) => length <= data.Length - at ? (int)length : throw Bad($"a text of {length} bytes has {data.Length - at} left");

    private string Line()
    {
        int end = Array.IndexOf(data, (byte)'\n', at);
        if (end < 0 || end - at > 200) throw Bad("a name is not closed by a line's end");
        string line = Encoding.Latin1.GetString(data, at, end - at);
        at = end + 1;
        return line;
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > data.Length - at) throw Bad("the pickle is cut off");
        at += count;
        return data.AsSpan(at - count, count);
    }
}
