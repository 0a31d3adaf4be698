using System.Security.Cryptography;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;
using Xunit;

namespace Golgi.Tests.Numerics.LinearAlgebra;

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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void No_two_changed_signs_cancel_nor_look_like_two_others(int seed)
    {
        byte[] bytes = Bytes(seed);
        var seen = new HashSet<ulong> { ChangeHash.Of(bytes) };
        for (int first = 3; first < bytes.Length; first += 4)
        {
            for (int second = first + 4; second < bytes.Length; second += 4)
            {
                Flip(bytes, first, second);
                Assert.True(seen.Add(ChangeHash.Of(bytes)));
                Flip(bytes, first, second);
            }
        }
    }

    [Fact]
    public void Three_changed_signs_in_words_that_follow_each_other_in_a_lane_do_not_cancel()
    {
        byte[] bytes = Bytes(9);
        ulong before = ChangeHash.Of(bytes);
        for (int sign = 7; sign + 256 < bytes.Length; sign += 8)
        {
            Flip(bytes, sign, sign + 252, sign + 256);
            Assert.NotEqual(before, ChangeHash.Of(bytes));
            Flip(bytes, sign, sign + 252, sign + 256);
        }
    }

    private static byte[] Bytes(int seed)
    {
        byte[] bytes = new byte[1024];
        float[] values = new float[bytes.Length / sizeof(float)];
        new Philox((ulong)seed).FillNormal(values);
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private static void Flip(byte[] bytes, params ReadOnlySpan<int> signs)
    {
        foreach (int sign in signs) bytes[sign] ^= 0x80;
    }
}
