using Golgi.Numerics.Random;
using Xunit;

namespace Golgi.Tests.Numerics.Random;

public sealed class MersenneTwisterTests
{
    // numpy.random.seed(0); numpy.random.uniform(size=...): the first values, and the thousandth, which lies behind a twist.
    [Fact]
    public void Draws_are_those_of_numpy()
    {
        var generator = new MersenneTwister(0);
        Assert.Equal(0.5488135039273248, generator.Uniform());
        Assert.Equal(0.7151893663724195, generator.Uniform());
        Assert.Equal(0.6027633760716439, generator.Uniform());
        for (int i = 3; i < 999; i++) generator.Uniform();
        Assert.Equal(0.6771411441114241, generator.Uniform());
    }
}
