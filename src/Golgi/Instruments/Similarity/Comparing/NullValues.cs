namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>What a measure says of unrelated layers.</summary>
/// <param name="Analytic">Its expected value by a formula, from sizes and spectra.</param>
/// <param name="Permutation">Its mean over shuffled pairings of the samples; null where none were made.</param>
/// <param name="Deviation">Its standard deviation over them; 0 where there are fewer than two.</param>
/// <param name="PValue">(1 + pairings that reach the value) / (1 + pairings); null where none were made.</param>
/// <param name="Pairings">How many shuffled pairings were made.</param>
public sealed record NullValues(double Analytic, double? Permutation, double Deviation, double? PValue, int Pairings)
{
    /// <summary>From the values of shuffled pairings.</summary>
    internal static NullValues From(double analytic, double value, IReadOnlyList<double> shuffled)
    {
        if (shuffled.Count == 0) return new NullValues(analytic, null, 0, null, 0);
        double mean = shuffled.Average();
        double variance = shuffled.Count < 2 ? 0 : shuffled.Sum(v => (v - mean) * (v - mean)) / (shuffled.Count - 1);
        double reached = (1.0 + shuffled.Count(v => v >= value)) / (1 + shuffled.Count);
        return new NullValues(analytic, mean, Math.Sqrt(variance), reached, shuffled.Count);
    }
}
