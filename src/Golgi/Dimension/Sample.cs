namespace Golgi.Dimension;

/// <summary>Repeated measurements of one quantity.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Lowest">The smallest.</param>
/// <param name="Highest">The largest.</param>
/// <param name="Values">All of them.</param>
public sealed record Sample(double Mean, double Lowest, double Highest, IReadOnlyList<double> Values)
{
    /// <summary>Summarizes measurements.</summary>
    /// <param name="values">One or more.</param>
    public static Sample Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new Sample(all.Average(), all.Min(), all.Max(), all);
    }
}
