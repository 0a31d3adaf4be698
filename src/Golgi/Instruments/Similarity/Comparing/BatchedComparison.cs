using Golgi.Foundation;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>One comparison by CKA from batches of rows that are read once.</summary>
internal sealed class BatchedComparison(
    ActivationRows left,
    ActivationRows right,
    BatchedCka measure,
    ComparisonOptions options,
    IProgress<WorkProgress>? progress,
    CancellationToken cancellation)
{
    private const int UsualPairings = 10;

    public SimilarityComparison Run()
    {
        long examples = Math.Max(1, measure.Batch / left.RowsPerExample), batch = examples * left.RowsPerExample;
        long batches = (left.Count + batch - 1) / batch;
        var resampling = new RowResampling(batches, 1, (int)Math.Min(options.Groups, batches), 1, options.Seed);
        var shuffling = new RowResampling(examples, left.RowsPerExample, 1, 1, options.Seed);
        MinibatchCka[] groups = [.. Enumerable.Range(0, resampling.Count).Select(_ => new MinibatchCka())];
        MinibatchCka[] shuffled = [.. Enumerable.Range(0, options.Permutations ?? UsualPairings).Select(_ => new MinibatchCka())];
        for (long i = 0; i < batches; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            long start = i * batch, count = Math.Min(batch, left.Count - start);
            var x = FiniteRows.Require(left.Name, left.Read(start, count), start);
            var y = FiniteRows.Require(right.Name, right.Read(start, count), start);
            groups[resampling.Split(i, 1).Single().Group].Add(x, y);
            for (int p = 0; p < shuffled.Length; p++)
            {
                var order = tensor(shuffling.Shuffle((int)(count / left.RowsPerExample), (ulong)((i * shuffled.Length) + p + 1)));
                shuffled[p].Add(x, y.index_select(0, order));
            }

            progress?.Report(new WorkProgress("batches", i + 1, batches));
        }

        double value = Among(groups, _ => true) ?? throw new RefusedException(
            $"{left.Count} samples in batches of {batch} give no estimate: a layer's own is not positive. Take larger batches or more samples.");
        double?[] leftOut = [.. groups.Select((_, group) => Among(groups, other => other != group))];
        double? even = Among(groups, group => group % 2 == 0), odd = Among(groups, group => group % 2 == 1);
        return new SimilarityComparison(
            measure.Name, value, NullValues.From(0, value, [.. shuffled.Select(cka => cka.Value)]),
            Jackknife.Interval(value, leftOut, options.Confidence, measure.Traits), [],
            [left.Features, right.Features], [left.Features, right.Features], left.Count, ((even ?? value) + (odd ?? value)) / 2, []);
    }

    private static double? Among(MinibatchCka[] groups, Func<int, bool> chosen)
    {
        var sum = new MinibatchCka();
        for (int i = 0; i < groups.Length; i++)
        {
            if (chosen(i)) sum.Merge(groups[i]);
        }

        try
        {
            return sum.Batches > 0 ? sum.Value : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
