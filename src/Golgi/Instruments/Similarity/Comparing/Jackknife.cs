using Golgi.Instruments.Similarity.Measures;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>Intervals from values with one group of examples left out at a time.</summary>
internal static class Jackknife
{
    /// <summary>value ± t · √((G−1)/G Σ(θ₍g₎ − θ̄)²), cut to the measure's range; the whole range where a group could not be left out.</summary>
    /// <param name="leftOut">Values with one group left out, one per group; null where that has no value.</param>
    public static Bounds Interval(double value, IReadOnlyList<double?> leftOut, double confidence, MeasureTraits traits)
    {
        if (leftOut.Any(v => v is null) || leftOut.Count < 2) return new Bounds(traits.Minimum, traits.Maximum);
        double mean = leftOut.Average()!.Value;
        double squares = leftOut.Sum(v => (v!.Value - mean) * (v.Value - mean));
        double error = Math.Sqrt(squares * (leftOut.Count - 1) / leftOut.Count);
        double reach = error * SpecialFunctions.StudentQuantile(confidence, leftOut.Count - 1);
        return new Bounds(Math.Max(traits.Minimum, value - reach), Math.Min(traits.Maximum, value + reach));
    }
}
