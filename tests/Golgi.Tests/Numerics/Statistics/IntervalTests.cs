using Golgi.Numerics.Statistics;
using Xunit;

namespace Golgi.Tests.Numerics.Statistics;

public sealed class IntervalTests
{
    // 97.5 % points of Student's t with 1, 2, ... degrees of freedom, by SciPy.
    private static readonly double[] Quantiles =
    [
        12.7062047, 4.3026527, 3.1824463, 2.7764451, 2.5705818, 2.4469118, 2.3646243, 2.3060041, 2.2621572, 2.2281389,
        2.2009852, 2.1788128, 2.1603687, 2.1447867, 2.1314495, 2.1199053, 2.1098156, 2.100922, 2.0930241, 2.0859634,
        2.0796138, 2.0738731, 2.0686576, 2.0638986, 2.0595386, 2.0555294, 2.0518305, 2.0484071, 2.0452296, 2.0422725,
        2.0395134, 2.0369333, 2.0345153, 2.0322445, 2.0301079, 2.028094, 2.0261925, 2.0243942, 2.0226909, 2.0210754,
    ];

    public static TheoryData<int> Freedoms => [.. Enumerable.Range(1, 40)];

    // −1 and 1 in turn, and 0 where their number is odd: the mean is 0, the sum of squares the even number.
    [Theory]
    [MemberData(nameof(Freedoms))]
    public void The_interval_is_Student_s_around_the_mean(int freedom)
    {
        int count = freedom + 1, even = count - (count % 2);
        double[] values = [.. Enumerable.Range(0, count).Select(i => 5.0 + (i >= even ? 0 : i % 2 == 0 ? 1 : -1))];
        double half = Quantiles[freedom - 1] * Math.Sqrt(even / (double)freedom / count);
        var interval = Interval.Of(values);
        Assert.Equal(5, interval.Mean, 1e-12);
        Assert.Equal(half, interval.High - 5, half * 2.5e-5); // the table has four digits
        Assert.Equal(half, 5 - interval.Low, half * 2.5e-5);
        Assert.Equal(values, interval.Values);
    }

    [Fact]
    public void One_measurement_is_its_own_interval_and_none_is_refused()
    {
        var one = Interval.Of([3.5]);
        Assert.Equal((3.5, 3.5, 3.5), (one.Low, one.Mean, one.High));
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Interval.Of([])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 2, 3, false)]
    [InlineData(0, 1, 1, 3, true)]
    [InlineData(0, 2, 1, 3, true)]
    [InlineData(0, 9, 1, 3, true)]
    public void Intervals_touch_where_they_share_a_point(double low, double high, double otherLow, double otherHigh, bool expected)
    {
        var (one, other) = (new Interval(0, low, high, []), new Interval(0, otherLow, otherHigh, []));
        Assert.Equal(expected, one.Touches(other));
        Assert.Equal(expected, other.Touches(one));
    }
}
