using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Whitening;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Spectral;

/// <summary>CCA or SVCCA of maps per frequency, with what is needed to judge it.</summary>
internal static class SpectralComparison
{
    /// <summary>Compares two whitened layers of maps over the same images.</summary>
    /// <param name="measure"><see cref="Cca"/> or <see cref="Svcca"/>.</param>
    /// <param name="options">What surrounds the value; null: the defaults. The directions kept are those of all images throughout.</param>
    /// <exception cref="ArgumentException">Another measure; other images; or a layer is constant.</exception>
    /// <exception cref="RefusedException">There are too few images for the channels.</exception>
    public static SimilarityComparison Of(
        SpectralBasis left,
        SpectralBasis right,
        Measure measure,
        ComparisonOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var truncation = Rule(measure);
        options ??= new ComparisonOptions();
        var whole = DftCca.Between(left, right, truncation);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var pairs = new SpectralPairs(left, right, truncation);
        int groups = (int)Math.Min(options.Groups, left.Samples);
        var resampling = new RowResampling(left.Samples, 1, groups, 1, options.Seed);
        double?[] leftOut =
            [.. Enumerable.Range(0, groups).Select(group => Each(pairs, pair => Without(pair, resampling.RowsOf(g => g == group)), cancellation))];
        var halves = (resampling.RowsOf(group => group % 2 == 0), resampling.RowsOf(group => group % 2 == 1));
        double? first = Each(pairs, pair => Held(pair, halves.Item1, halves.Item2), cancellation);
        double? second = Each(pairs, pair => Held(pair, halves.Item2, halves.Item1), cancellation);
        var shuffled = new List<double>();
        for (int i = 0; i < (options.Permutations ?? 10); i++)
        {
            using var inner = NewDisposeScope();
            var order = tensor(resampling.Shuffle((int)left.Samples, (ulong)i + 1));
            shuffled.Add(
                Each(pairs, pair => SpectralPair.Correlations(pair.Left.conj().t().mm(pair.Right.index_select(0, order)))
                    .Sum(), cancellation)!.Value);
            progress?.Report(new WorkProgress("shuffled pairings", i + 1, options.Permutations ?? 10));
        }

        long most = pairs.Pairs.Max(pair => Math.Max(pair.KeptLeft, pair.KeptRight));
        string[] warnings = left.Samples < 5 * most
            ? [$"{left.Samples} images for {most} channels at a frequency are few: read the value beside its null, and better take 5 to 10 "
                + "times as many."]
            : [];
        return new SimilarityComparison(
            measure.Name, whole.Mean, NullValues.From(whole.Null, whole.Mean, shuffled),
            Jackknife.Interval(whole.Mean, leftOut, options.Confidence, measure.Traits), whole.Coefficients,
            [left.Rank, right.Rank], whole.Kept, left.Samples, first is { } a && second is { } b ? (a + b) / 2 : whole.Mean, warnings);
    }

    private static Truncation Rule(Measure measure) => measure switch
    {
        Cca => Truncation.None,
        Svcca svcca => svcca.Truncation,
        null => throw new ArgumentNullException(nameof(measure)),
        _ => throw new ArgumentException($"{measure.Name} is not offered frequency by frequency; take cca or svcca."),
    };

    private static double? Each(SpectralPairs pairs, Func<SpectralPair, double?> sum, CancellationToken cancellation)
    {
        bool missing = false;
        double mean = pairs.Mean(pair =>
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            double? part = sum(pair);
            missing |= part is null;
            return part ?? 0;
        });
        return missing ? null : mean;
    }

    private static double? Without(SpectralPair pair, Tensor rows)
    {
        var (a, b) = (pair.Left, pair.Right);
        var left = Subsample.Factor(Subsample.Without(eye(pair.KeptLeft, dtype: a.dtype), a, a, rows));
        var right = Subsample.Factor(Subsample.Without(eye(pair.KeptRight, dtype: a.dtype), b, b, rows));
        if (left is null || right is null) return null;
        return SpectralPair.Correlations(Subsample.Cosines(Subsample.Without(pair.Cosines(), a, b, rows), left, right)).Sum();
    }

    // Directions fitted on some rows, correlated on others.
    private static double? Held(SpectralPair pair, Tensor fit, Tensor held)
    {
        var (a, b) = (pair.Left, pair.Right);
        var left = Subsample.Factor(Subsample.Products(a, a, fit));
        var right = Subsample.Factor(Subsample.Products(b, b, fit));
        if (left is null || right is null) return null;
        var (u, _, v) = linalg.svd(Subsample.Cosines(Subsample.Products(a, b, fit), left, right), fullMatrices: false);
        var x = linalg.solve_triangular(left.conj().t().resolve_conj(), u, upper: true);
        var y = linalg.solve_triangular(right.conj().t().resolve_conj(), v.conj().t().resolve_conj(), upper: true);
        var cross = Diagonal(x, Subsample.Products(a, b, held), y);
        var lengths = Diagonal(x, Subsample.Products(a, a, held), x) * Diagonal(y, Subsample.Products(b, b, held), y);
        return (cross / lengths.sqrt()).nan_to_num(0, 0, 0).clamp(-1, 1).sum().item<double>();
    }

    private static Tensor Diagonal(Tensor x, Tensor products, Tensor y) => (x.conj() * products.mm(y)).sum([0L]).real;
}
