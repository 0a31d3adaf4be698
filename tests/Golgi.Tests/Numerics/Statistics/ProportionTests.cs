using Golgi.Numerics.Statistics;
using Xunit;

namespace Golgi.Tests.Numerics.Statistics;

public sealed class ProportionTests
{
    // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", 1998, Table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    [InlineData(20, 20, 0.8389, 1)]
    public void The_interval_is_Wilsons(long successes, long count, double low, double high)
    {
        var proportion = new Proportion(successes, count);
        Assert.Equal(low, proportion.Low, 4);
        Assert.Equal(high, proportion.High, 4);
    }
}
