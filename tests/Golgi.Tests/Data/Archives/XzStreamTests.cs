using System.Security.Cryptography;
using Golgi.Data.Archives;
using Xunit;

namespace Golgi.Tests.Data.Archives;

public sealed class XzStreamTests
{
    [Fact]
    public void Blocks_with_and_without_a_delta_filter_give_what_was_packed()
    {
        Assert.Equal(XzSamples.TarSha256, Sha(Unpack(XzSamples.DeltaWithCrc64)));
        Assert.Equal(XzSamples.TarSha256, Sha(Unpack(XzSamples.PlainWithCrc32)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_delta_filter_goes_on_across_reads_of_any_size(int size)
    {
        using var xz = new XzStream(new MemoryStream(XzSamples.DeltaWithCrc64));
        using var whole = new MemoryStream();
        xz.CopyTo(whole, size);
        Assert.Equal(XzSamples.TarSha256, Sha(whole.ToArray()));
    }

    [Fact]
    public void A_file_cut_anywhere_before_its_index_is_refused()
    {
        byte[] file = XzSamples.DeltaWithCrc64;
        for (int length = 0; length < file.Length - 28; length++) Refused(file[..length]);
    }

    [Fact]
    public void A_wrong_bit_before_the_index_is_noticed_unless_it_changes_nothing()
    {
        byte[] file = XzSamples.DeltaWithCrc64;
        int unnoticed = 0;
        for (int at = 0; at < file.Length - 28; at++)
        {
            byte[] bad = [.. file];
            bad[at] ^= 0x04;
            byte[]? content = null;
            if (Record.Exception(() => content = Unpack(bad)) is { } error) Known(error);
            else Assert.Equal(XzSamples.TarSha256, Sha(content!));
            unnoticed += content is null ? 0 : 1;
        }

        Assert.InRange(unnoticed, 0, 8); // LZMA's last bytes carry no information
    }

    private static void Refused(byte[] file) => Known(Record.Exception(() => Unpack(file)));

    private static void Known(Exception? error) =>
        Assert.True(error is InvalidDataException or EndOfStreamException, $"{error?.GetType()}: {error?.Message}");

    private static byte[] Unpack(byte[] file)
    {
        using var xz = new XzStream(new MemoryStream(file));
        using var whole = new MemoryStream();
        xz.CopyTo(whole);
        return whole.ToArray();
    }

    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
