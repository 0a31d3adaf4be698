using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Comparisons;

/// <summary>One setting as it was measured at one sparsity.</summary>
/// <param name="Setting">The setting and its claim.</param>
/// <param name="Remaining">Fraction of weights that is kept.</param>
/// <param name="Accuracy">Test accuracy at the early stop.</param>
/// <param name="Untrained">Test accuracy before training.</param>
/// <param name="Difference">How much better than the setting that it is compared with, seed by seed; null where there is none.</param>
/// <param name="Reproduced">Whether the measurement bears the claim out; null where there is none.</param>
public sealed record ComparisonRow(
    TicketSetting Setting, double Remaining, Interval Accuracy, Interval Untrained, Interval? Difference, bool? Reproduced)
{
    /// <summary>"As good" allows to be worse by this: one point.</summary>
    public const double Margin = 0.01;

    /// <summary>Whether a claim holds of an interval of differences between replicates of one seed.</summary>
    internal static bool? Holds(Claim claim, Interval? difference) => (claim, difference) switch
    {
        (Claim.None, _) or (_, null) => null,
        (Claim.AsGood, { } known) => known.Mean >= -Margin,
        (Claim.Worse, { } known) => known.High < 0,
        (_, { } known) => known.Low > 0,
    };
}
