using System.Security.Cryptography;
using Golgi.Numerics;
using Xunit;

namespace Golgi.Tests.Numerics;

public sealed class ChangeHashTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1000)]
    public void A_change_of_one_bit_is_always_seen(int length)
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(length);
        ulong before = ChangeHash.Of(bytes);
        for (int bit = 0; bit < 8 * length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(before, ChangeHash.Of(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(before, ChangeHash.Of(bytes));
    }

    [Fact]
    public void Places_and_lengths_count()
    {
        var seen = new HashSet<ulong>();
        for (int place = 0; place < 2048; place += 8)
        {
            byte[] bytes = new byte[2048];
            bytes[place] = 1;
            Assert.True(seen.Add(ChangeHash.Of(bytes)));
        }

        for (int length = 0; length < 600; length++) Assert.True(seen.Add(ChangeHash.Of(new byte[length])));
    }

    [Fact]
    public void Two_changed_signs_do_not_cancel()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(1024);
        var seen = new HashSet<ulong> { ChangeHash.Of(bytes) };
        for (int first = 7; first < bytes.Length; first += 8)
        {
            for (int second = first + 8; second < bytes.Length; second += 8)
            {
                bytes[first] ^= 0x80;
                bytes[second] ^= 0x80;
                Assert.True(seen.Add(ChangeHash.Of(bytes)));
                bytes[first] ^= 0x80;
                bytes[second] ^= 0x80;
            }
        }
    }
}
