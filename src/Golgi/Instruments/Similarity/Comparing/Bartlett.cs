using Golgi.Foundation;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>How many canonical correlations are more than chance: Bartlett's sequence of tests.</summary>
/// <remarks>−(n − 1 − (p + q + 1)/2) Σ_{i>k} ln(1 − ρᵢ²) is about χ² with (p − k)(q − k) degrees of freedom if only the first k
/// directions are shared (Bartlett 1938). Meant for Gaussian data; for plain CCA, not after a choice of directions that looked at both
/// sides.</remarks>
public static class Bartlett
{
    /// <summary>p of the hypothesis that nothing beyond the first k correlations is shared, for k = 0, 1, ...</summary>
    /// <param name="correlations">All min(p, q) of them, largest first, each in [0, 1].</param>
    /// <param name="p">Directions of the one side.</param>
    /// <param name="q">Directions of the other.</param>
    /// <param name="samples">n, more than p + q.</param>
    /// <returns>As many values in [0, 1] as there are correlations.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too few samples.</exception>
    public static IReadOnlyList<double> Tests(IReadOnlyList<double> correlations, long p, long q, long samples)
    {
        ArgumentNullException.ThrowIfNull(correlations);
        Check.InRange(samples, p + q + 1, long.MaxValue);
        double factor = samples - 1 - ((p + q + 1) / 2.0), sum = 0;
        double[] result = new double[correlations.Count];
        for (int k = correlations.Count - 1; k >= 0; k--)
        {
            double rho = Check.Fraction(correlations[k], nameof(correlations));
            sum -= Math.Log(Math.Max(1e-300, 1 - (rho * rho)));
            result[k] = SpecialFunctions.GammaTail((p - k) * (q - k) / 2.0, factor * sum / 2);
        }

        return result;
    }

    /// <summary>The number of shared directions: how many tests in a row reject at a level.</summary>
    /// <param name="level">In (0, 1). Default 0.05.</param>
    /// <inheritdoc cref="Tests"/>
    public static int Shared(IReadOnlyList<double> correlations, long p, long q, long samples, double level = 0.05) =>
        Tests(correlations, p, q, samples).TakeWhile(value => value < level).Count();
}
