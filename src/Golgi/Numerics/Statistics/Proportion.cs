namespace Golgi.Numerics.Statistics;

/// <summary>A share of successes with its uncertainty: an accuracy, an acceptance rate.</summary>
/// <param name="Successes">0 or more, at most <paramref name="Count"/>.</param>
/// <param name="Count">Trials, 1 or more.</param>
public sealed record Proportion(long Successes, long Count)
{
    // The 97.5 % point of the standard normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>Successes / Count.</summary>
    public double Value => (double)Successes / Count;

    /// <summary>Lower end of the 95 % interval of Wilson.</summary>
    /// <remarks>E. B. Wilson 1927: (p + z²/2n ∓ z √(p(1−p)/n + z²/4n²)) / (1 + z²/n). Unlike p ± 1.96 standard errors
    /// it stays within
    /// [0, 1] and is not empty at 0 or at 1.</remarks>
    public double Low => Successes == 0 ? 0 : Center - Half;

    /// <summary>Upper end of the 95 % interval of Wilson.</summary>
    public double High => Successes == Count ? 1 : Center + Half;

    private double Center => (Value + (Z * Z / (2 * Count))) / (1 + (Z * Z / Count));

    private double Half =>
        Z * Math.Sqrt((Value * (1 - Value) / Count) + (Z * Z / (4.0 * Count * Count))) / (1 + (Z * Z / Count));
}
