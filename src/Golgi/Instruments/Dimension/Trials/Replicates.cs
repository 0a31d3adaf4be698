namespace Golgi.Instruments.Dimension.Trials;

/// <summary>Repeated measurements of one quantity.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest.</param>
/// <param name="Values">All of them.</param>
public sealed record Replicates(double Mean, double Low, double High, IReadOnlyList<double> Values)
{
    /// <summary>Summarizes measurements.</summary>
    /// <param name="values">One or more.</param>
    public static Replicates Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new Replicates(all.Average(), all.Min(), all.Max(), all);
    }
}
