using System.Buffers.Binary;

namespace Golgi.Data.Archives;

/// <summary>The two checksums of .xz files, both with reflected bits: CRC-32 (IEEE 802.3) and CRC-64
/// (ECMA-182).</summary>
internal sealed class ReflectedCrc
{
    private const int Slices = 8;
    private readonly ulong[][] tables; // slicing by eight: table k gives a byte's effect k places further on
    private readonly ulong ones;
    private ulong state;

    private ReflectedCrc(ulong polynomial, int bytes)
    {
        Bytes = bytes;
        ones = ulong.MaxValue >> (64 - (8 * bytes));
        tables = new ulong[Slices][];
        tables[0] = [.. Enumerable.Range(0, 256).Select(value => Shift((ulong)value, polynomial))];
        for (int k = 1; k < Slices; k++) tables[k] = [.. tables[k - 1].Select(entry => tables[0][(byte)entry] ^ (entry >> 8))];
        Reset();
    }

    /// <summary>How many bytes the checksum has.</summary>
    public int Bytes { get; }

    public static ReflectedCrc Crc32() => new(0xEDB88320, 4);

    public static ReflectedCrc Crc64() => new(0xC96C5795D7870F42, 8);

    public void Reset() => state = ones;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        ulong crc = state;
        while (bytes.Length >= Slices)
        {
            ulong x = crc ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            crc = 0;
            for (int k = 0; k < Slices; k++) crc ^= tables[Slices - 1 - k][(byte)(x >> (8 * k))];
            bytes = bytes[Slices..];
        }

        foreach (byte value in bytes) crc = tables[0][(byte)(crc ^ value)] ^ (crc >> 8);
        state = crc;
    }

    /// <summary>Whether the checksum equals one stored with its lowest byte first.</summary>
    public bool Matches(ReadOnlySpan<byte> stored)
    {
        ulong crc = state ^ ones;
        for (int i = 0; i < Bytes; i++)
        {
            if (stored[i] != (byte)(crc >> (8 * i))) return false;
        }

        return true;
    }

    private static ulong Shift(ulong value, ulong polynomial)
    {
        for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ ((value & 1) != 0 ? polynomial : 0);
        return value;
    }
}
