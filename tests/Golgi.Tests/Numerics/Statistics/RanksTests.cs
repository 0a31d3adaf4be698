using Golgi.Numerics.Statistics;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Numerics.Statistics;

/// <summary>Ranks as SciPy's <c>rankdata</c> gives them.</summary>
public sealed class RanksTests
{
    [Theory]
    [InlineData(new[] { 3.5, -1, 2, 2, 7, 2, -1, 0 }, new[] { 7, 1.5, 5, 5, 8, 5, 1.5, 3 })]
    [InlineData(new[] { 5.0, 4, 3 }, new[] { 3.0, 2, 1 })]
    [InlineData(new[] { 2.0, 2, 2, 2 }, new[] { 2.5, 2.5, 2.5, 2.5 })]
    [InlineData(new[] { 9.0 }, new[] { 1.0 })]
    [InlineData(new double[0], new double[0])]
    [InlineData(new[] { -4.0, -4, -9 }, new[] { 2.5, 2.5, 1 })]
    public void Equal_values_share_the_mean_of_their_ranks(double[] values, double[] expected) => Assert.Equal(expected, Ranked(values));

    [Fact]
    public void What_differs_by_rounding_is_equal_and_what_differs_by_more_is_not()
    {
        Assert.Equal([1.5, 1.5, 3], Ranked([1000, 1000 + 0.9e-9, 1001]));
        Assert.Equal([1.0, 2, 3], Ranked([1000, 1000 + 1.2e-9, 1001]));
        Assert.Equal([1, 2.5, 2.5], Ranked([-1000, -1e-12, 0]));    // the scale is that of the largest, whatever its sign
        Assert.Equal([1, 2, 3], Ranked([-1, -1e-9, 0]));
    }

    [Fact]
    public void Tables_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Ranks.Of(zeros([2, 2], ScalarType.Float64)));
    }

    private static double[] Ranked(double[] values)
    {
        using var scope = NewDisposeScope();
        return Ranks.Of(tensor(values, ScalarType.Float64)).data<double>().ToArray();
    }
}
