using Golgi.Foundation;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Whitening;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>One comparison by a measure on pairs of samples, in memory.</summary>
internal sealed class PairwiseComparison(
    ActivationRows left,
    ActivationRows right,
    PairwiseMeasure measure,
    ComparisonOptions options,
    IProgress<WorkProgress>? progress,
    CancellationToken cancellation)
{
    private const double ShuffleWork = 2e9;

    public SimilarityComparison Run()
    {
        if (left.Count > options.PairwiseLimit)
        {
            throw new RefusedException(
                $"{measure.Name} compares all pairs of samples, and {left.Count} samples are more than the limit of {options.PairwiseLimit}; take "
                    + "fewer samples or a measure that streams, such as cka or svcca.");
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (a, rankLeft) = Relations(left);
        var (b, rankRight) = Relations(right);
        var (first, second) = (measure.Centre(a), measure.Centre(b));
        double value = measure.Of(first, second);
        var shuffled = Shuffled(first, second);
        double analytic = measure.AnalyticNull(first, second);
        first.Dispose();
        second.Dispose();

        int groups = (int)Math.Min(options.Groups, left.Count / left.RowsPerExample);
        var resampling = new RowResampling(left.Count / left.RowsPerExample, left.RowsPerExample, groups, 1, options.Seed);
        double?[] leftOut = [.. Enumerable.Range(0, groups).Select(group => Among(a, b, resampling, other => other != group))];
        double? even = Among(a, b, resampling, group => group % 2 == 0), odd = Among(a, b, resampling, group => group % 2 == 1);
        return new SimilarityComparison(
            measure.Name, value, NullValues.From(analytic, value, shuffled),
            Jackknife.Interval(value, leftOut, options.Confidence, measure.Traits), [],
            [rankLeft, rankRight], [rankLeft, rankRight], left.Count, ((even ?? value) + (odd ?? value)) / 2, []);
    }

    private (Tensor Relations, long Rank) Relations(ActivationRows rows)
    {
        using var scope = NewDisposeScope();
        var values = FiniteRows.Require(rows.Name, rows.Read(0, rows.Count), 0);
        using var basis = Basis.Of(values, rows.RankTolerance);
        return (measure.Relations(values).MoveToOuterDisposeScope(), basis.Rank);
    }

    private List<double> Shuffled(Tensor first, Tensor second)
    {
        int pairings = options.Permutations ?? Math.Clamp((int)(ShuffleWork / first.numel()), 10, 100);
        var values = new List<double>();
        var resampling = new RowResampling(left.Count / left.RowsPerExample, left.RowsPerExample, 4, 1, options.Seed);
        for (int i = 0; i < pairings; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var order = tensor(resampling.Shuffle((int)(left.Count / left.RowsPerExample), (ulong)i + 1));
            values.Add(measure.Of(first, second.index_select(0, order).index_select(1, order)));
            progress?.Report(new WorkProgress("shuffled pairings", i + 1, pairings));
        }

        return values;
    }

    private double? Among(Tensor a, Tensor b, RowResampling resampling, Func<int, bool> chosen)
    {
        using var scope = NewDisposeScope();
        var rows = resampling.RowsOf(chosen);
        if (rows.shape[0] < 3) return null;
        try
        {
            var first = measure.Centre(a.index_select(0, rows).index_select(1, rows));
            return measure.Of(first, measure.Centre(b.index_select(0, rows).index_select(1, rows)));
        }
        catch (ArgumentException)
        {
            return null; // nothing varies among what is left
        }
    }
}
