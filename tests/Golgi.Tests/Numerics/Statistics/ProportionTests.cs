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

    [Fact]
    public void The_ends_are_exact_where_all_trials_failed_or_succeeded()
    {
        for (int count = 1; count < 300; count++)
        {
            Assert.Equal(0, new Proportion(0, count).Low);
            Assert.Equal(1, new Proportion(count, count).High);
            Assert.InRange(new Proportion(0, count).High, 1e-3, 0.8);
            Assert.Equal(new Proportion(0, count).High, 1 - new Proportion(count, count).Low, 12);
        }

        Assert.Equal(0.25, new Proportion(3, 12).Value);
    }
}
