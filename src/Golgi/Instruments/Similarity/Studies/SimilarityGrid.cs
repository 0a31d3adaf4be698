using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Jobs;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Every layer of one network beside every layer of another (or the same), each whitened once.</summary>
/// <param name="Method">The measure's name.</param>
/// <param name="Rows">Names of the one side's layers.</param>
/// <param name="Columns">Names of the other's.</param>
/// <param name="Values">Similarities, [rows][columns].</param>
/// <param name="Nulls">What unrelated layers of these sizes would give, [rows][columns].</param>
/// <param name="Kept">Directions that took part, [rows] then [columns].</param>
/// <param name="Samples">Rows that were compared.</param>
public sealed record SimilarityGrid(
    string Method,
    IReadOnlyList<string> Rows,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<double>> Values,
    IReadOnlyList<IReadOnlyList<double>> Nulls,
    IReadOnlyList<IReadOnlyList<long>> Kept,
    long Samples)
{
    /// <summary>Means over shuffled pairings of the samples, [rows][columns]; null where only values were computed.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Shuffled { get; init; }

    /// <summary>Interval of each value, [rows][columns]; null where only values were computed.</summary>
    public IReadOnlyList<IReadOnlyList<Bounds>>? Intervals { get; init; }

    /// <summary>Values on held-out halves, [rows][columns]; null where only values were computed.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? HeldOut { get; init; }

    /// <summary>What a careful reader should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Compares all pairs. Cost: one product samples × kept × kept and one small eigenvalue problem a pair; half of
    /// that where both sides are the same list and the measure is symmetric.</summary>
    /// <param name="rows">Whitened layers with their names, over the same samples. Borrowed.</param>
    /// <param name="columns">The other side; the same list for a network with itself. Borrowed.</param>
    /// <exception cref="RefusedException">There are too few samples for the layers' directions.</exception>
    public static SimilarityGrid Of(
        IReadOnlyList<(string Name, Basis Basis)> rows,
        IReadOnlyList<(string Name, Basis Basis)> columns,
        BasisMeasure measure,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(measure);
        bool mirrored = ReferenceEquals(rows, columns) && measure.Traits.Symmetric;
        var left = Prepared(rows, measure);
        var right = ReferenceEquals(rows, columns) ? left : Prepared(columns, measure);
        var plain = measure is Svcca ? new Cca() : measure;
        double[][] values = [.. rows.Select(_ => new double[columns.Count])];
        double[][] nulls = [.. rows.Select(_ => new double[columns.Count])];
        try
        {
            for (int i = 0; i < rows.Count; i++)
            {
                for (int j = mirrored ? i : 0; j < columns.Count; j++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    RequireEnough(left[i], right[j], rows[i].Name, columns[j].Name, measure);
                    using var overlap = Overlap.Between(left[i], right[j]);
                    var score = plain.Of(overlap);
                    (values[i][j], nulls[i][j]) = (score.Value, plain.AnalyticNull(overlap, score));
                    if (mirrored) (values[j][i], nulls[j][i]) = (values[i][j], nulls[i][j]);
                }
            }

            return new SimilarityGrid(
                measure.Name, [.. rows.Select(row => row.Name)], [.. columns.Select(column => column.Name)], values, nulls,
                [[.. left.Select(basis => basis.Rank)], [.. right.Select(basis => basis.Rank)]], rows[0].Basis.Samples);
        }
        finally
        {
            if (measure is Svcca) foreach (var basis in left.Concat(right).Distinct()) basis.Dispose();
        }
    }

    /// <summary>Compares all pairs, each with its shuffled null, interval and held-out value, each row of the grid once. Cost: that of a
    /// <see cref="Comparer"/> for each pair, half of them where both sides are the same list and the measure is symmetric.</summary>
    /// <param name="rows">Layers with their names, over the same samples. Borrowed.</param>
    /// <param name="columns">The other side; the same list for a network with itself. Borrowed.</param>
    /// <param name="compare">Compares two layers.</param>
    internal static SimilarityGrid OfPairs<T>(
        IReadOnlyList<(string Name, T Layer)> rows,
        IReadOnlyList<(string Name, T Layer)> columns,
        Measure measure,
        Func<T, T, SimilarityComparison> compare,
        JobContext context)
    {
        bool mirrored = ReferenceEquals(rows, columns) && measure.Traits.Symmetric;
        var pairs = new List<IReadOnlyList<SimilarityComparison>>();
        for (int i = 0; i < rows.Count; i++)
        {
            pairs.Add(context.Once($"row-{i}", () => columns.Select((column, j) =>
            {
                var pair = mirrored && j < i ? pairs[j][i] : compare(rows[i].Layer, column.Layer);
                context.Progress?.Report(new WorkProgress("pairs of layers", (i * columns.Count) + j + 1, rows.Count * columns.Count));
                return pair;
            }).ToArray()));
        }

        IReadOnlyList<IReadOnlyList<T2>> Each<T2>(Func<SimilarityComparison, T2> of) => [.. pairs.Select(row => row.Select(of).ToArray())];
        return new SimilarityGrid(
            measure.Name, [.. rows.Select(row => row.Name)], [.. columns.Select(column => column.Name)],
            Each(pair => pair.Value), Each(pair => pair.Null.Analytic),
            [[.. pairs.Select((row, i) => row[0].Kept[mirrored && i > 0 ? 1 : 0])], [.. pairs[0].Select(pair => pair.Kept[1])]], pairs[0][0].Samples)
        {
            Shuffled = Each(pair => pair.Null.Permutation ?? pair.Null.Analytic),
            Intervals = Each(pair => pair.Interval),
            HeldOut = Each(pair => pair.CrossValidated),
            Warnings = [.. pairs.SelectMany(row => row.SelectMany(pair => pair.Warnings)).Distinct()],
        };
    }

    // SVCCA's truncation belongs to a layer, not to a pair.
    private static Basis[] Prepared(IReadOnlyList<(string Name, Basis Basis)> layers, BasisMeasure measure) =>
        measure is Svcca svcca
            ? [.. layers.Select(layer => layer.Basis.Leading(layer.Basis.Kept(svcca.Truncation)))]
            : [.. layers.Select(layer => layer.Basis)];

    private static void RequireEnough(Basis left, Basis right, string row, string column, Measure measure)
    {
        if (!measure.Traits.NeedsMoreSamplesThanDirections || left.Rank + right.Rank < left.Samples) return;
        throw new RefusedException(
            $"{left.Samples} samples cannot tell the {left.Rank} directions of {row} from the {right.Rank} of {column}; take more than "
                + $"{left.Rank + right.Rank} samples or keep fewer directions.");
    }
}
