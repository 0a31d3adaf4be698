using Golgi.Foundation;

namespace Golgi.Numerics.Statistics;

/// <summary>What canonical correlations look like when two sets of variables have nothing to do with each other.</summary>
/// <remarks>Wachter 1980, "The limiting empirical measure of multiple discriminant ratios": for independent sets of p ≤ q
/// variables and m = n − 1 degrees of freedom, λ = ρ² has the density √((λ₊−λ)(λ−λ₋)) / (2π γ₁ λ (1−λ)) on
/// λ± = (√(γ₁(1−γ₂)) ± √(γ₂(1−γ₁)))², γ₁ = p/m, γ₂ = q/m. Its mean is γ₂.</remarks>
internal static class CanonicalNull
{
    private const int Nodes = 4000;

    /// <summary>The expected mean of the min(p, q) canonical correlations.</summary>
    /// <param name="p">Dimension of one side, 1 or more.</param>
    /// <param name="q">Dimension of the other, 1 or more.</param>
    /// <param name="samples">Samples n, 2 or more.</param>
    /// <returns>In (0, 1]; 1 where p + q ≥ n, because some correlations are then 1 whatever the data.</returns>
    public static double MeanCorrelation(long p, long q, long samples) =>
        Math.Min(p, q) == 1 ? Single(Math.Max(p, q), samples) : Mean(p, q, samples, Math.Sqrt);

    /// <summary>The expected mean of their squares: max(p, q)/(n − 1), by a trace, exact for every n.</summary>
    /// <inheritdoc cref="MeanCorrelation" path="/param"/>
    public static double MeanSquare(long p, long q, long samples) =>
        Math.Min(1, Math.Max(p, q) / (double)(Check.InRange(samples, 2, long.MaxValue) - 1));

    /// <summary>The value that the largest correlation tends to.</summary>
    /// <inheritdoc cref="MeanCorrelation" path="/param"/>
    public static double LargestCorrelation(long p, long q, long samples)
    {
        var (low, high, _) = Edges(p, q, samples);
        return low < 0 ? 1 : Math.Sqrt(high);
    }

    private static double Mean(long p, long q, long samples, Func<double, double> of)
    {
        var (low, high, gamma) = Edges(p, q, samples);
        if (low < 0) return 1;

        // λ = c + r cos t turns the square root into r sin t; the midpoint rule then converges fast.
        double centre = (low + high) / 2, radius = (high - low) / 2, sum = 0;
        for (int i = 0; i < Nodes; i++)
        {
            double angle = Math.PI * (i + 0.5) / Nodes;
            double lambda = centre + (radius * Math.Cos(angle)), height = radius * Math.Sin(angle);
            sum += of(lambda) * height * height / (2 * Math.PI * gamma * lambda * (1 - lambda));
        }

        return Math.Min(1, sum * Math.PI / Nodes);
    }

    // One variable against q: ρ² is Beta(q/2, (n−1−q)/2), so the mean of ρ is a ratio of gamma functions.
    private static double Single(long q, long samples) =>
        q >= samples - 1
            ? 1
            : Math.Exp(SpecialFunctions.LogGamma((q + 1) / 2.0) + SpecialFunctions.LogGamma((samples - 1) / 2.0)
                - SpecialFunctions.LogGamma(q / 2.0) - SpecialFunctions.LogGamma(samples / 2.0));

    // low = −1 where p + q > n − 1 and the law has atoms at 1.
    private static (double Low, double High, double Gamma) Edges(long p, long q, long samples)
    {
        double m = Check.InRange(samples, 2, long.MaxValue) - 1;
        double small = Check.Positive(Math.Min(p, q)) / m, large = Math.Max(p, q) / m;
        if (small + large >= 1) return (-1, 1, small);
        double first = Math.Sqrt(small * (1 - large)), second = Math.Sqrt(large * (1 - small));
        return ((second - first) * (second - first), (second + first) * (second + first), small);
    }
}
