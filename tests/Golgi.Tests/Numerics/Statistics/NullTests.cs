using Golgi.Numerics.Statistics;
using Xunit;

namespace Golgi.Tests.Numerics.Statistics;

/// <summary>What unrelated data have in common. Simulations: NumPy, 400 to 4,000 draws of Gaussian data.</summary>
public sealed class NullTests
{
    // Integrals of Wachter's density by SciPy's quad; the simulated mean lies within its error of them.
    [Theory]
    [InlineData(10, 20, 101, 0.4221673516939839, 0.7071067811865477, 0.4201)]
    [InlineData(2, 3, 40, 0.2531897363850277, 0.4877162853100336, 0.2449)]
    [InlineData(30, 30, 200, 0.334801571899716, 0.7156174118157949, 0.3329)]
    [InlineData(5, 90, 101, 0.948006998031023, 0.9953727785640012, 0.9479)]
    [InlineData(40, 55, 101, 0.7003139509264464, 0.9987203333657313, 0.6991)]
    public void Canonical_correlations_of_unrelated_sets_follow_Wachter_s_law(
        long p, long q, long samples, double mean, double largest, double simulated)
    {
        Assert.Equal(mean, CanonicalNull.MeanCorrelation(p, q, samples), 1e-6);
        Assert.Equal(mean, CanonicalNull.MeanCorrelation(q, p, samples), 1e-6);
        Assert.Equal(largest, CanonicalNull.LargestCorrelation(p, q, samples), 1e-12);
        Assert.Equal(simulated, CanonicalNull.MeanCorrelation(p, q, samples), 0.01);
    }

    // E√Beta(q/2, (n−1−q)/2), by numerical integration.
    [Theory]
    [InlineData(1, 10, 0.27343750000000006)]
    [InlineData(3, 10, 0.546875)]
    [InlineData(7, 100, 0.2572581410494805)]
    [InlineData(50, 100, 0.7089127082309636)]
    [InlineData(97, 100, 0.9897959183673625)]
    public void One_variable_against_many_is_known_exactly(long q, long samples, double expected)
    {
        Assert.Equal(expected, CanonicalNull.MeanCorrelation(1, q, samples), 1e-11);
        Assert.Equal(expected, CanonicalNull.MeanCorrelation(q, 1, samples), 1e-11);
    }

    [Fact]
    public void The_mean_square_is_the_share_of_the_larger_side()
    {
        Assert.Equal(0.2, CanonicalNull.MeanSquare(10, 20, 101), 15);
        Assert.Equal(0.2, CanonicalNull.MeanSquare(20, 10, 101), 15);
        Assert.Equal(1, CanonicalNull.MeanSquare(100, 3, 101), 15);
        Assert.Equal(1, CanonicalNull.MeanSquare(400, 3, 101), 15);
        Assert.Equal(1, CanonicalNull.MeanSquare(1, 1, 2), 15);
    }

    [Fact]
    public void Where_directions_outnumber_the_samples_correlations_are_1()
    {
        foreach (var (p, q) in new[] { (50L, 50L), (60L, 70L), (1L, 99L), (1L, 200L) })
        {
            Assert.Equal(1, CanonicalNull.MeanCorrelation(p, q, 100));
            Assert.Equal(1, CanonicalNull.LargestCorrelation(p, q, 100));
        }

        Assert.InRange(CanonicalNull.MeanCorrelation(49, 49, 100), 0.5, 0.9);
        Assert.InRange(CanonicalNull.LargestCorrelation(49, 49, 100), 0.99, 0.99999);
    }

    [Fact]
    public void Sizes_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CanonicalNull.MeanSquare(1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CanonicalNull.MeanCorrelation(2, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CanonicalNull.LargestCorrelation(0, 2, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => NuclearNull.Expected([1], [1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NuclearNull.Expected([1, -1], [1], 3));
    }

    // A and B the identity: Marchenko and Pastur's law. 50 = p = q = N: 50 · 8/(3π).
    [Theory]
    [InlineData(50, 50, 50, 42.44131815783876)]
    [InlineData(20, 60, 80, 16.565060815469707)]
    [InlineData(10, 200, 40, 22.220038107851778)]
    [InlineData(3, 4, 1000, 0.16966652604979504)]
    public void White_data_have_the_nuclear_norm_of_Marchenko_and_Pastur(int p, int q, double n, double expected)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, p)], others = [.. Enumerable.Repeat(1.0, q)];
        Assert.Equal(expected, NuclearNull.Expected(ones, others, n), expected * 2e-6);
        Assert.Equal(expected, NuclearNull.Expected(others, ones, n), expected * 2e-6);
        Assert.Equal(6 * expected, NuclearNull.Expected([.. ones.Select(_ => 4.0)], [.. others.Select(_ => 9.0)], n), expected * 1.2e-5);
    }

    [Fact]
    public void Spectra_of_all_sizes_have_the_nuclear_norm_of_a_simulation()
    {
        double[] a = [.. Enumerable.Repeat(new[] { 4, 2, 1, 1, 0.5, 0.25, 0.1, 0 }, 4).SelectMany(one => one)];
        double[] b = [.. Enumerable.Repeat(new[] { 9, 3, 3, 1, 0.3 }, 6).SelectMany(one => one)];
        Assert.Equal(28.73, NuclearNull.Expected(a, b, 60), 0.25); // simulated: 28.731 ± 0.017; the law is one of large sizes
    }

    [Fact]
    public void Data_that_do_not_vary_have_none()
    {
        Assert.Equal(0, NuclearNull.Expected([0, 0], [1, 2], 5));
        Assert.Equal(0, NuclearNull.Expected([1, 2], [0], 5));
        Assert.Equal(0, NuclearNull.Expected([], [1], 5));
    }
}
