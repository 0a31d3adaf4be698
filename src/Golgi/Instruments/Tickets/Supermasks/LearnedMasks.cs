using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>Masks learned over networks from several seeds.</summary>
/// <param name="Sampled">Test accuracy of drawn masks; null where the method draws none.</param>
/// <param name="Rounded">Test accuracy of the one mask.</param>
/// <param name="Remaining">Fraction of weights that it keeps.</param>
/// <param name="Replicates">Each of them.</param>
public sealed record LearnedMasks(Interval? Sampled, Interval Rounded, Interval Remaining, IReadOnlyList<LearnedMask> Replicates)
{
    /// <summary>Puts replicates together.</summary>
    /// <param name="replicates">At least one, all by one method.</param>
    public static LearnedMasks Of(IReadOnlyList<LearnedMask> replicates)
    {
        ArgumentNullException.ThrowIfNull(replicates);
        double[] sampled = [.. replicates.Select(one => one.Sampled).OfType<double>()];
        return new LearnedMasks(
            sampled.Length > 0 ? Interval.Of(sampled) : null,
            Interval.Of(replicates.Select(one => one.Rounded)),
            Interval.Of(replicates.Select(one => one.Remaining)),
            replicates);
    }
}
