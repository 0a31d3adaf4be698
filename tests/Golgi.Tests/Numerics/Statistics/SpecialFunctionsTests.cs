using Golgi.Numerics.Statistics;
using Xunit;

namespace Golgi.Tests.Numerics.Statistics;

/// <summary>Values by SciPy 1.10 (gammaln, gammaincc, betainc; quantiles are roots of betainc; its t.ppf has nine digits), and identities.</summary>
public sealed class SpecialFunctionsTests
{
    private const double Relative = 2e-13;

    [Theory]
    [InlineData(0.001, 6.907178885383853)]
    [InlineData(0.1, 2.252712651734206)]
    [InlineData(0.25, 1.2880225246980774)]
    [InlineData(0.5, 0.5723649429247)]
    [InlineData(0.75, 0.20328095143129538)]
    [InlineData(1.5, -0.12078223763524526)]
    [InlineData(3.7, 1.428072326665388)]
    [InlineData(10, 12.801827480081469)]
    [InlineData(100.5, 361.43554046777757)]
    [InlineData(12345.6, 103959.18506616844)]
    public void The_logarithm_of_gamma_is_known(double x, double expected) =>
        Assert.Equal(expected, SpecialFunctions.LogGamma(x), Relative * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void Gamma_is_the_factorial_of_one_less()
    {
        double sum = 0;
        for (int n = 1; n < 100; n++)
        {
            Assert.Equal(sum, SpecialFunctions.LogGamma(n), Relative * Math.Max(1, sum));
            sum += Math.Log(n);
        }
    }

    [Theory]
    [InlineData(0.5, 0.01, 0.887537083981715)]
    [InlineData(0.5, 1.4, 0.09426430684121058)]
    [InlineData(0.5, 1.6, 0.07363827012030258)]
    [InlineData(0.5, 9, 2.2090496998585475e-05)]
    [InlineData(1, 0.5, 0.6065306597126334)]
    [InlineData(1, 3, 0.04978706836786395)]
    [InlineData(2.5, 0.3, 0.9880032427940937)]
    [InlineData(2.5, 3.4, 0.2359445376945211)]
    [InlineData(2.5, 3.6, 0.2061859197095561)]
    [InlineData(2.5, 12, 0.0002171129434527233)]
    [InlineData(10, 4, 0.9918677572030661)]
    [InlineData(10, 11.2, 0.31920581347153004)]
    [InlineData(10, 25, 0.0002214766382487835)]
    [InlineData(60, 45, 0.9813488653514245)]
    [InlineData(60, 61.5, 0.40709659166767587)]
    [InlineData(60, 90, 0.0003252890109125438)]
    [InlineData(0.05, 0.2, 0.06079091130077896)]
    [InlineData(300, 290, 0.7138244897056962)]
    public void The_tail_of_the_gamma_distribution_is_known(double a, double x, double expected) =>
        Near(expected, SpecialFunctions.GammaTail(a, x));

    [Fact]
    public void Tails_of_chi_squared_are_those_of_the_tables()
    {
        Assert.Equal(0.05, SpecialFunctions.GammaTail(0.5, 3.841458820694124 / 2), 1e-13);  // one degree of freedom
        Assert.Equal(0.01, SpecialFunctions.GammaTail(5, 23.209251158954356 / 2), 1e-13);   // ten
        Assert.Equal(1, SpecialFunctions.GammaTail(3, 0));
        Assert.InRange(SpecialFunctions.GammaTail(3, 1e4), 0, 1e-300);
        Assert.InRange(SpecialFunctions.GammaTail(1e4, 1), 1 - 1e-12, 1);
    }

    [Theory]
    [InlineData(0.5, 0.5, 0.2, 0.29516723530086664)]
    [InlineData(0.5, 0.5, 0.8, 0.7048327646991334)]
    [InlineData(1, 3, 0.25, 0.578125)]
    [InlineData(2, 5, 0.1, 0.11426500000000003)]
    [InlineData(2, 5, 0.33, 0.6422168466450002)]
    [InlineData(2, 5, 0.34, 0.6618702044800002)]
    [InlineData(2, 5, 0.9, 0.999945)]
    [InlineData(7.5, 0.5, 0.7, 0.02284661315768454)]
    [InlineData(7.5, 0.5, 0.99, 0.7025618881551344)]
    [InlineData(40, 60, 0.35, 0.15345812249917376)]
    [InlineData(40, 60, 0.45, 0.8462247976813978)]
    [InlineData(0.1, 12, 0.001, 0.6721985332545001)]
    [InlineData(150, 3, 0.97, 0.16272424951841544)]
    public void The_incomplete_beta_function_is_known_and_turns_with_its_sides(double a, double b, double x, double expected)
    {
        Near(expected, SpecialFunctions.Beta(a, b, x));
        Assert.Equal(1, SpecialFunctions.Beta(a, b, x) + SpecialFunctions.Beta(b, a, 1 - x), 1e-12);
        Assert.Equal(0, SpecialFunctions.Beta(a, b, 0));
        Assert.Equal(1, SpecialFunctions.Beta(a, b, 1));
    }

    [Theory]
    [InlineData(0.5, 1, 1.0)]
    [InlineData(0.95, 1, 12.70620473617472)]
    [InlineData(0.95, 2, 4.302652729749467)]
    [InlineData(0.9, 3.5, 2.222433493649602)]
    [InlineData(0.95, 9, 2.2621571627982053)]
    [InlineData(0.99, 9, 3.2498355415921294)]
    [InlineData(0.999, 30, 3.6459586350420223)]
    [InlineData(0.6827, 100, 1.0050469946346845)]
    [InlineData(0, 5, 0)]
    public void Quantiles_of_Student_s_t_are_known(double coverage, double freedom, double expected) =>
        Assert.Equal(expected, SpecialFunctions.StudentQuantile(coverage, freedom), 1e-9);

    [Fact]
    public void Numbers_outside_the_domains_are_refused()
    {
        foreach (double bad in new[] { 0, -0.5, double.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.LogGamma(bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.GammaTail(bad, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.Beta(bad, 1, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.Beta(1, bad, 0));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.GammaTail(1, -1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.Beta(1, 1, 1.001));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.StudentQuantile(1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpecialFunctions.StudentQuantile(-0.1, 5));
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-11 * expected);
}
