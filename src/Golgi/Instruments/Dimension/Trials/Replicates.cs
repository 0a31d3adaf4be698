namespace Golgi.Instruments.Dimension.Trials;

/// <summary>Repeated measurements of one quantity.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Lowest">The smallest.</param>
/// <param name="Highest">The largest.</param>
/// <param name="Values">All of them.</param>
public sealed record Replicates(double Mean, double Lowest, double Highest, IReadOnlyList<double> Values)
{
    /// <summary>Summarizes measurements.</summary>
    /// <param name="values">One or more.</param>
    public static Replicates Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new Replicates(all.Average(), all.Min(), all.Max(), all);
    }
}
