using Golgi.Numerics.Random;
using Xunit;

namespace Golgi.Tests.Numerics.Random;

public sealed class PhiloxTests
{
    // Known answers of the Random123 distribution (kat_vectors, philox4x32-10).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Blocks_equal_the_published_vectors(
        uint x, uint y, uint z, uint w, uint keyX, uint keyY, uint a, uint b, uint c, uint d) =>
        Assert.Equal((a, b, c, d), Philox.Block((x, y, z, w), (keyX, keyY)));

    [Fact]
    public void Any_part_of_a_stream_equals_that_part_of_the_whole()
    {
        var philox = new Philox(7, 3);
        uint[] whole = new uint[101], part = new uint[50];
        philox.Fill(whole);
        philox.Fill(part, 37);
        Assert.Equal(whole[37..87], part);
    }

    [Fact]
    public void A_permutation_holds_every_index_once()
    {
        long[] order = new Philox(1).Permutation(1000);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), order.Order());
        Assert.NotEqual(order.Order(), order);
    }
}
