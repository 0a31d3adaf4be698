using Golgi.Data.Sources;
using Xunit;

namespace Golgi.Tests.Data.Sources;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] Values = [.. Enumerable.Range(0, 3 * 4 * 5).Select(i => (byte)(i * 37))];
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Plain_and_compressed_files_give_what_was_written()
    {
        byte[] file = IdxBytes.Of(Values, 3, 4, 5);
        using var plain = IdxFile.Read(scratch.Write("plain", file), 3);
        using var compressed = IdxFile.Read(scratch.Write("gz", IdxBytes.Gzip(file)), 3);
        Assert.Equal([3, 4, 5], plain.shape);
        Assert.Equal(Values, plain.bytes.ToArray());
        Assert.Equal(Values, compressed.bytes.ToArray());
    }

    [Fact]
    public void A_plain_file_cut_anywhere_is_refused_by_name()
    {
        byte[] file = IdxBytes.Of(Values, 3, 4, 5);
        for (int length = 0; length < file.Length; length++) Refused(file[..length]);
    }

    [Fact]
    public void A_compressed_file_cut_anywhere_is_refused_by_name()
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Of(Values, 3, 4, 5));
        for (int length = 0; length < file.Length; length++) Refused(file[..length]);
    }

    [Fact]
    public void A_compressed_file_with_a_wrong_bit_in_its_values_or_checksum_is_refused()
    {
        byte[] file = IdxBytes.Gzip(IdxBytes.Of(Values, 3, 4, 5));
        for (int at = 10; at < file.Length; at++)
        {
            byte[] bad = [.. file];
            bad[at] ^= 0x10;
            Refused(bad);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 0x0d)]
    [InlineData(3, 1)]
    public void A_wrong_magic_number_is_refused(int at, byte value)
    {
        byte[] file = IdxBytes.Of(Values, 3, 4, 5);
        file[at] = value;
        Assert.Contains("wrong magic number", Refused(file).Message, StringComparison.Ordinal);
        Assert.Contains("wrong magic number", Refused(IdxBytes.Gzip(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_announces_more_than_the_file_holds_is_refused_before_memory_is_taken()
    {
        byte[] huge = IdxBytes.Of(Values, 2000000000, 2000000000, 5);
        long before = GC.GetTotalAllocatedBytes();
        Assert.Contains("announces", Refused(IdxBytes.Of(Values, 2000, 1000, 1000)).Message, StringComparison.Ordinal);
        Refused(IdxBytes.Gzip(IdxBytes.Of(Values, 2000, 1000, 1000)));
        Refused(huge);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10_000_000);
    }

    [Fact]
    public void Values_after_the_announced_ones_are_refused()
    {
        byte[] file = IdxBytes.Of([.. Values, 1], 3, 4, 5);
        Assert.Contains("announces 60 values, and the file", Refused(file).Message, StringComparison.Ordinal);
        Assert.Contains("announces 60 values, and the file", Refused(IdxBytes.Gzip(file)).Message, StringComparison.Ordinal);
    }

    private InvalidDataException Refused(byte[] bytes)
    {
        string path = scratch.Write("bad.gz", bytes);
        var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, 3));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        return error;
    }
}
