using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;

namespace Golgi.Native;

/// <summary>Where the functions of a library lie that it does not export.</summary>
internal static unsafe class ElfSymbols
{
    private const int SectionSize = 64, SymbolSize = 24, SymbolTable = 2;

    /// <summary>Looks names up in the full symbol table of a 64-bit little-endian ELF file.</summary>
    /// <returns>An address for each name, relative to where the library is loaded; null for a name that is not there, and
    /// for all of them where the file has no such table.</returns>
    public static ulong?[] Find(string file, IReadOnlyList<string> names)
    {
        using var map = MemoryMappedFile.CreateFromFile(file, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using var view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            return Find(new Bytes(start, new FileInfo(file).Length), names);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private static ulong?[] Find(Bytes elf, IReadOnlyList<string> names)
    {
        var found = new ulong?[names.Count];
        if (!elf.Slice(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8)) return found;
        var header = elf.Slice(0, SectionSize);
        long sections = BinaryPrimitives.ReadInt64LittleEndian(header[0x28..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header[0x3C..]);
        for (int i = 0; i < count; i++)
        {
            var section = elf.Slice(sections + (i * SectionSize), SectionSize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) != SymbolTable) continue;
            uint texts = BinaryPrimitives.ReadUInt32LittleEndian(section[0x28..]);
            var text = elf.Content(elf.Slice(sections + (texts * SectionSize), SectionSize));
            int[] positions = new int[names.Count];
            for (int n = 0; n < positions.Length; n++) positions[n] = Position(text, names[n]);
            Find(elf.Content(section), positions, found);
        }

        return found;
    }

    private static void Find(ReadOnlySpan<byte> symbols, int[] positions, ulong?[] found)
    {
        for (int at = 0; at + SymbolSize <= symbols.Length; at += SymbolSize)
        {
            int which = Array.IndexOf(positions, BinaryPrimitives.ReadInt32LittleEndian(symbols[at..]));
            if (which >= 0) found[which] = BinaryPrimitives.ReadUInt64LittleEndian(symbols[(at + 8)..]);
        }
    }

    /// <summary>Where a name begins in the texts; -1 if it is not there.</summary>
    private static int Position(ReadOnlySpan<byte> texts, string name) =>
        texts.IndexOf(Encoding.ASCII.GetBytes($"\0{name}\0")) is >= 0 and var at ? at + 1 : -1;

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Bytes(byte* start, long length)
    {
        public ReadOnlySpan<byte> Slice(long offset, long count) =>
            offset >= 0 && count >= 0 && count <= int.MaxValue && offset <= length - count
                ? new(start + offset, (int)count)
                : throw new InvalidDataException($"The ELF file ends at {length}, before {offset} + {count}.");

        public ReadOnlySpan<byte> Content(ReadOnlySpan<byte> section) =>
            Slice(
                BinaryPrimitives.ReadInt64LittleEndian(section[0x18..]), BinaryPrimitives.ReadInt64LittleEndian(section[0x20..]));
    }
}
