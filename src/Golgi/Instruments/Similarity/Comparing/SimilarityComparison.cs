using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>The similarity of two layers, with what is needed to judge it.</summary>
/// <param name="Method">The measure's name.</param>
/// <param name="Value">The similarity.</param>
/// <param name="Null">What it would be if the layers had nothing to do with each other.</param>
/// <param name="Interval">Around the value, from a jackknife over groups of examples, within the measure's range.</param>
/// <param name="Coefficients">Correlations (singular values for Procrustes) behind the value, largest first; may be empty.</param>
/// <param name="Rank">Directions in which each side varies.</param>
/// <param name="Kept">Directions of each side that took part.</param>
/// <param name="Samples">Rows that were compared.</param>
/// <param name="CrossValidated">The value on held-out halves with directions fitted on the others; for measures that fit
/// nothing, the mean of the values of the two halves.</param>
/// <param name="Warnings">What a careful reader should know, in sentences.</param>
public sealed record SimilarityComparison(
    string Method,
    double Value,
    NullValues Null,
    Bounds Interval,
    IReadOnlyList<double> Coefficients,
    IReadOnlyList<long> Rank,
    IReadOnlyList<long> Kept,
    long Samples,
    double CrossValidated,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The distances that belong to the value, by their names.</summary>
    public IReadOnlyDictionary<string, double> Distances { get; init; } = new Dictionary<string, double>();

    /// <summary>(value − null) / (1 − null): how far the value lies from chance to identity. Uses the permutation null
    /// where there is one.</summary>
    public double Excess => (Value - (Null.Permutation ?? Null.Analytic)) / Math.Max(1e-12, 1 - (Null.Permutation ?? Null.Analytic));
}
