using Golgi.App.Commands.Similarity;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Studies;

namespace Golgi.App.Rendering;

/// <summary>The numbers that the similarity studies found, one row per value.</summary>
internal static class SimilarityTables
{
    public static CsvText Of(SimilarityComparison found) => new(
        ["method", "value", "null_analytic", "null_permutation", "low", "high", "held_out", "samples", "coefficient", "coefficient_value"],
        [
            .. found.Coefficients.Cast<object?>().DefaultIfEmpty(null).Select((value, i) => new object?[]
            {
                found.Method, found.Value, found.Null.Analytic, found.Null.Permutation, found.Interval.Low, found.Interval.High,
                found.CrossValidated, found.Samples, value is null ? null : i + 1, value,
            }),
        ]);

    public static CsvText Of(SimilarityGrid grid) => new(
        ["row", "column", grid.Method, "null_analytic", "null_permutation", "low", "high", "held_out", "samples"],
        [
            .. from i in Enumerable.Range(0, grid.Rows.Count)
               from j in Enumerable.Range(0, grid.Columns.Count)
               select new object?[]
               {
                   grid.Rows[i], grid.Columns[j], grid.Values[i][j], grid.Nulls[i][j], grid.Shuffled?[i][j],
                   grid.Intervals?[i][j].Low, grid.Intervals?[i][j].High, grid.HeldOut?[i][j], grid.Samples,
               },
        ]);

    public static CsvText Of(LearningDynamics found) => new(
        ["layer", "step", found.Method, "null_analytic", "settled_at"],
        [
            .. from i in Enumerable.Range(0, found.Layers.Count)
               from t in Enumerable.Range(0, found.Steps.Count)
               select new object?[] { found.Layers[i], found.Steps[t], found.Similarity[i][t], found.Nulls[i], found.SettledAt[i] },
        ]);

    public static CsvText Of(DirectionStudy found) => new(
        ["layer", "directions_from", "directions", "accuracy"],
        [
            .. found.Curves.SelectMany(curve => curve.Directions.Select((k, i) =>
                new object?[] { found.Layer, SimilarityFigures.Words(curve.Source), k, curve.Accuracy[i] })),
        ]);

    public static CsvText Of(IReadOnlyList<CompressionPoint> points) => new(
        ["directions_from", "share_kept", "parameters", "size", "accuracy"],
        [
            .. points.Select(point => new object?[]
            {
                SimilarityFigures.Words(point.Source), point.Share, point.Parameters, point.Size, point.Accuracy,
            }),
        ]);

    public static CsvText Of(ClassSensitivity found) => new(
        ["class", "layer", "correlation", "null_analytic", "samples"],
        [
            .. from c in Enumerable.Range(0, found.Classes.Count)
               from i in Enumerable.Range(0, found.Layers.Count)
               select new object?[] { found.Classes[c], found.Layers[i], found.Values[c][i], found.Nulls[i], found.Samples },
        ]);

    public static CsvText Of(GroupSimilarity found) => new(
        ["layer", "pairs_of", "mean", "low", "high", "pairs", "null_analytic"],
        [
            .. from i in Enumerable.Range(0, found.Layers.Count)
               from part in new[] { ("first", found.First[i]), ("second", found.Second[i]), ("between", found.Between[i]) }
               select new object?[]
               {
                   found.Layers[i], part.Item1, part.Item2.Mean, part.Item2.Interval.Low, part.Item2.Interval.High, part.Item2.Pairs, found.Nulls[i],
               },
        ]);
}
