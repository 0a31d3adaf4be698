using SharpCompress.Compressors.LZMA;

namespace Golgi.Data.Archives;

/// <summary>Decompresses an .xz file of one stream whose blocks use LZMA2, alone or after a delta filter, and verifies
/// each block's CRC. Read-only, forward only; does not own the file's stream.</summary>
/// <remarks>The .xz file format, version 1.2.1 (L. Collin, 2024). SharpCompress decodes the LZMA2 part; its own reader
/// of the container knows no delta filter, see decision 0002.</remarks>
internal sealed class XzStream : Stream
{
    private const ulong DeltaFilter = 0x03, Lzma2Filter = 0x21;
    private const int HasPackedSize = 0x40, HasUnpackedSize = 0x80;

    private static readonly byte[] Magic = [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    private readonly BufferedStream input;
    private readonly ReflectedCrc? check;
    private readonly byte[] history = new byte[256]; // of the delta filter
    private readonly byte[] single = new byte[1];
    private Stream? block;
    private long blockStart;
    private int deltaDistance; // 0: no delta filter
    private byte deltaPosition;
    private bool ended;

    /// <summary>Reads the header of a file.</summary>
    /// <exception cref="InvalidDataException">It is not an .xz file, or one with another check than none, CRC32 or
    /// CRC64.</exception>
    public XzStream(Stream file)
    {
        input = new BufferedStream(file, 1 << 16);
        Span<byte> header = stackalloc byte[12];
        input.ReadExactly(header);
        if (!header[..6].SequenceEqual(Magic) || header[6] != 0) throw new InvalidDataException("not an .xz file (wrong magic number).");
        Verify(header[6..8], header[8..]);
        check = header[7] switch
        {
            0 => null,
            1 => ReflectedCrc.Crc32(),
            4 => ReflectedCrc.Crc64(),
            _ => throw new InvalidDataException($"the .xz file uses check type {header[7]}; none, CRC32 and CRC64 can be read."),
        };
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        while (count > 0 && !ended)
        {
            if (block is null && !OpenBlock()) break;
            int read = Unpack(buffer, offset, count);
            if (read > 0) return read;
            CloseBlock();
        }

        return 0;
    }

    /// <inheritdoc/>
    public override int ReadByte() => Read(single, 0, 1) == 0 ? -1 : single[0];

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) block?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Reads a block's header, or sees that the index has come.</summary>
    private bool OpenBlock()
    {
        blockStart = input.Position;
        int size = input.ReadByte();
        if (size < 0) throw new EndOfStreamException();
        ended = size == 0; // the index; block checks have vouched for the data
        if (ended) return false;

        byte[] header = new byte[(size + 1) * 4];
        header[0] = (byte)size;
        input.ReadExactly(header, 1, header.Length - 1);
        Verify(header.AsSpan(..^4), header.AsSpan(^4..));
        int at = 2, flags = header[1];
        if ((flags & HasPackedSize) != 0) Number(header, ref at);
        if ((flags & HasUnpackedSize) != 0) Number(header, ref at);

        deltaDistance = 0;
        for (int filter = 0; filter <= (flags & 3); filter++)
        {
            ulong kind = Number(header, ref at), length = Number(header, ref at);
            bool last = filter == (flags & 3);
            if (length != 1 || at >= header.Length - 4) throw Damaged();
            if (kind == DeltaFilter && !last && deltaDistance == 0) deltaDistance = header[at] + 1;
            else if (kind == Lzma2Filter && last) block = Unpacker(header[at]);
            else throw new InvalidDataException($"the .xz file uses filter 0x{kind:x}; delta and LZMA2 can be read.");
            at++;
        }

        Array.Clear(history);
        deltaPosition = 0;
        check?.Reset();
        return true;
    }

    private LzmaStream Unpacker(byte dictionary) =>
        LzmaStream.Create([dictionary], input, inputSize: -1, outputSize: -1, presetDictionary: null, isLzma2: true, leaveOpen: true);

    private int Unpack(byte[] buffer, int offset, int count)
    {
        int read;
        try
        {
            read = block!.Read(buffer, offset, count);
        }
        catch (Exception error) when (error is SharpCompress.Common.SharpCompressException or IndexOutOfRangeException)
        {
            throw Damaged();
        }

        var bytes = buffer.AsSpan(offset, read);
        if (deltaDistance > 0)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] += history[(byte)(deltaDistance + deltaPosition)];
                history[deltaPosition--] = bytes[i];
            }
        }

        check?.Add(bytes);
        return read;
    }

    /// <summary>Skips the padding of a finished block and compares its check.</summary>
    private void CloseBlock()
    {
        block!.Dispose();
        block = null;
        while ((input.Position - blockStart) % 4 != 0)
        {
            if (input.ReadByte() != 0) throw Damaged();
        }

        if (check is null) return;
        byte[] stored = new byte[check.Bytes];
        input.ReadExactly(stored);
        if (!check.Matches(stored)) throw Damaged();
    }

    private static void Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> stored)
    {
        var crc = ReflectedCrc.Crc32();
        crc.Add(content);
        if (!crc.Matches(stored[..4])) throw Damaged();
    }

    /// <summary>A number in 7-bit pieces, lowest first.</summary>
    private static ulong Number(byte[] header, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 63 && at < header.Length - 4; shift += 7)
        {
            byte piece = header[at++];
            value |= (ulong)(piece & 0x7F) << shift;
            if (piece < 0x80) return value;
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("the .xz file is damaged (a check does not hold).");
}
