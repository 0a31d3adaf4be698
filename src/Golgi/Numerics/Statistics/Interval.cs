namespace Golgi.Numerics.Statistics;

/// <summary>Repeated measurements of one quantity, their mean, and an interval around it.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Low">Lower end of the 95 % interval of the mean (Student's t); the value itself where there is one only.</param>
/// <param name="High">Upper end.</param>
/// <param name="Values">The measurements, in their order.</param>
public sealed record Interval(double Mean, double Low, double High, IReadOnlyList<double> Values)
{
    /// <summary>97.5 % quantiles of Student's t with 1, 2, ... degrees of freedom; from any table.</summary>
    private static readonly double[] Quantiles =
    [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
        2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    ];

    /// <summary>The interval of measurements.</summary>
    /// <param name="values">At least one.</param>
    public static Interval Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        if (all.Length == 0) throw new ArgumentException("There are no measurements; there must be at least one.", nameof(values));
        double mean = all.Average();
        if (all.Length == 1) return new Interval(mean, mean, mean, all);
        int freedom = all.Length - 1;
        double deviation = Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / freedom);
        double quantile = freedom <= Quantiles.Length ? Quantiles[freedom - 1] : SpecialFunctions.StudentQuantile(0.95, freedom);
        double half = quantile * deviation / Math.Sqrt(all.Length);
        return new Interval(mean, mean - half, mean + half, all);
    }

    /// <summary>True where the two intervals share a point.</summary>
    public bool Touches(Interval other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Low <= other.High && other.Low <= High;
    }
}
