using Golgi.Foundation;

namespace Golgi.Numerics.Statistics;

/// <summary>The nuclear norm (sum of singular values) to be expected of a cross-product of two unrelated data sets.</summary>
/// <remarks>For Z = A^½ G B^½ with independent entries of variance 1/N in G, the deterministic equivalents of
/// (ZZᵀ + t)⁻¹ solve e = tr[A (t(1 + ẽA))⁻¹]/N, ẽ = tr[B (t(1 + eB))⁻¹]/N (Hachem, Loubaton and Najim 2007,
/// arXiv math/0507172), and Σ σᵢ = (1/π) ∫₀^∞ t^(−1/2) tr[ZZᵀ(ZZᵀ + t)⁻¹] dt.</remarks>
internal static class NuclearNull
{
    /// <summary>E‖A^½ G B^½‖₊ for G with independent entries of variance 1/N.</summary>
    /// <param name="a">Eigenvalues of A, not negative.</param>
    /// <param name="b">Eigenvalues of B, not negative.</param>
    /// <param name="n">N, above 0: for centred data of n samples, n − 1.</param>
    /// <returns>0 or more.</returns>
    public static double Expected(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double n)
    {
        Check.Positive(n);
        double scaleA = Largest(a), scaleB = Largest(b);
        if (scaleA == 0 || scaleB == 0) return 0;
        double[] first = [.. a], second = [.. b];
        for (int i = 0; i < first.Length; i++) first[i] /= scaleA;
        for (int i = 0; i < second.Length; i++) second[i] /= scaleB;

        // t = exp(u): the trapezoid rule over u; the integrand dies like e^(u/2) below and e^(−u/2) above.
        const double step = 0.25;
        double sum = 0;
        for (double u = -60; u <= 40; u += step)
        {
            double t = Math.Exp(u);
            sum += Math.Exp(u / 2) * Absorbed(first, second, n, t);
        }

        return sum * step / Math.PI * Math.Sqrt(scaleA * scaleB);
    }

    private static double Absorbed(double[] a, double[] b, double n, double t)
    {
        // With x = t·e and y = t·ẽ the map is monotone; averaging the steps keeps it from oscillating.
        double e = 1 / Math.Sqrt(t), other = e;
        for (int i = 0; i < 2000; i++)
        {
            double next = Mean(a, other, t, n), nextOther = Mean(b, next, t, n);
            double change = Math.Abs(nextOther - other);
            (e, other) = (next, Math.Sqrt(other * nextOther));
            if (change <= 1e-10 * other) break;
        }

        double absorbed = 0;
        foreach (double value in a) absorbed += other * value / (1 + (other * value));
        return absorbed;
    }

    private static double Mean(double[] values, double other, double t, double n)
    {
        double sum = 0;
        foreach (double value in values) sum += value / (t * (1 + (other * value)));
        return sum / n;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values) largest = Math.Max(largest, Check.NotNegative(value));
        return largest;
    }
}
