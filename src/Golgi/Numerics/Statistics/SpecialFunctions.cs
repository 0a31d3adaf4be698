using Golgi.Foundation;

namespace Golgi.Numerics.Statistics;

/// <summary>The special functions that the library's tests and intervals need, in double precision.</summary>
internal static class SpecialFunctions
{
    // Lanczos' approximation with g = 7 and nine terms; relative error below 1e-14 for x > 0.
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>ln Γ(x).</summary>
    /// <param name="x">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not above 0.</exception>
    public static double LogGamma(double x)
    {
        Check.Positive(x);
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        double z = x - 1, sum = Lanczos[0];
        for (int i = 1; i < Lanczos.Length; i++) sum += Lanczos[i] / (z + i);
        double t = z + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((z + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    /// <summary>The upper regularized incomplete gamma function Q(a, x); the tail of χ² with k degrees of freedom beyond c
    /// is Q(k/2, c/2).</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="x">0 or more.</param>
    /// <returns>In [0, 1].</returns>
    public static double GammaTail(double a, double x)
    {
        Check.Positive(a);
        if (Check.NotNegative(x) == 0) return 1;
        double scale = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (int k = 1; k < 10_000 && term > sum * 1e-16; k++)
            {
                term *= x / (a + k);
                sum += term;
            }

            return Math.Clamp(1 - (scale * sum), 0, 1);
        }

        return Math.Clamp(scale * TailFraction(a, x), 0, 1);
    }

    /// <summary>The regularized incomplete beta function I_x(a, b).</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="x">In [0, 1].</param>
    /// <returns>In [0, 1].</returns>
    public static double Beta(double a, double b, double x)
    {
        Check.Positive(a);
        Check.Positive(b);
        if (Check.Fraction(x) is 0 or 1) return x;
        double front = Math.Exp(
            LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2) ? front * BetaFraction(a, b, x) / a : 1 - (front * BetaFraction(b, a, 1 - x) / b);
    }

    /// <summary>The value that |t| of Student's distribution stays below with a given probability.</summary>
    /// <param name="coverage">In [0, 1): 0.95 gives the two-sided 95 % quantile.</param>
    /// <param name="freedom">Degrees of freedom, above 0.</param>
    public static double StudentQuantile(double coverage, double freedom)
    {
        double target = 1 - Check.InRange(coverage, 0, 0.999999), low = 0, high = 1e7;
        for (int i = 0; i < 200; i++)
        {
            double t = (low + high) / 2;
            if (Beta(freedom / 2, 0.5, freedom / (freedom + (t * t))) > target) low = t;
            else high = t;
        }

        return (low + high) / 2;
    }

    // Lentz's continued fractions (Numerical Recipes' forms of DLMF 8.9.2 and 8.17.22).
    private static double TailFraction(double a, double x)
    {
        double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
        for (int i = 1; i < 10_000; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = 1 / Nonzero((an * d) + b);
            c = Nonzero(b + (an / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16) break;
        }

        return h;
    }

    private static double BetaFraction(double a, double b, double x)
    {
        double c = 1, d = 1 / Nonzero(1 - ((a + b) * x / (a + 1))), h = d;
        for (int m = 1; m < 10_000; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / Nonzero(1 + (even * d));
            c = Nonzero(1 + (even / c));
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / Nonzero(1 + (odd * d));
            c = Nonzero(1 + (odd / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16) break;
        }

        return h;
    }

    private static double Nonzero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;
}
