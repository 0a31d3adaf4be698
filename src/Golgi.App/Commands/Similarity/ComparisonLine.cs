using Golgi.Instruments.Similarity.Comparing;

namespace Golgi.App.Commands.Similarity;

/// <summary>A comparison as <c>--json</c> prints it without <c>--details</c>.</summary>
internal sealed record ComparisonLine(
    string Method,
    double Value,
    ComparisonLine.Nulls Null,
    IReadOnlyList<double> Interval,
    IReadOnlyList<double> Coefficients,
    IReadOnlyList<long> Rank,
    IReadOnlyList<long> Kept)
{
    public static ComparisonLine Of(SimilarityComparison result) => new(
        result.Method, result.Value, new Nulls(result.Null.Analytic, result.Null.Permutation), result.Interval,
        result.Coefficients, result.Rank, result.Kept);

    /// <summary>The value for unrelated layers, by formula and by shuffling.</summary>
    internal sealed record Nulls(double Analytic, double? Permutation);
}
