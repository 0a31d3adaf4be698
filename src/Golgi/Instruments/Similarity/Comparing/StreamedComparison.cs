using Golgi.Foundation;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Native;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>One comparison by a measure on whitened layers, over rows that are read in blocks.</summary>
internal sealed class StreamedComparison
{
    private const double BlockBytes = 2e6, GroupBytes = 32e6, ShuffleWork = 1.5e11, InMemoryBytes = 64e6;

    private readonly ActivationRows left;
    private readonly ActivationRows right;
    private readonly BasisMeasure measure;
    private readonly ComparisonOptions options;
    private readonly IProgress<WorkProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly long block;
    private readonly RowResampling resampling;

    public StreamedComparison(
        ActivationRows left,
        ActivationRows right,
        BasisMeasure measure,
        ComparisonOptions options,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        (this.left, this.right, this.measure, this.options) = (Narrowed(left), Narrowed(right), measure, options);
        (this.progress, this.cancellation) = (progress, cancellation);
        long rows = (long)(BlockBytes / 8 / Math.Max(this.left.Features, this.right.Features));
        block = Math.Max(256, rows) / left.RowsPerExample * left.RowsPerExample;
        block = Math.Max(block, left.RowsPerExample);
        long examples = left.Count / left.RowsPerExample;
        double sums = 8.0 * ((this.left.Features * this.left.Features) + (this.right.Features * this.right.Features)
            + (this.left.Features * this.right.Features));
        int groups = (int)Math.Min(examples, Math.Clamp((long)(GroupBytes / sums), 4, options.Groups));
        long run = examples > 100_000 ? block / left.RowsPerExample : 1;
        resampling = new RowResampling(examples, left.RowsPerExample, groups, run, options.Seed);
    }

    public SimilarityComparison Run()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var blocks = LargeBlocks.ReturnWhenFreed();
        PairMoments[] groups = Accumulate();
        using var total = Merged(groups);
        RequireVarying(left, total.Left);
        RequireVarying(right, total.Right);
        using var overlap = Overlap.TryOf(total) ?? Refined(total);
        var score = measure.Of(overlap);
        double?[] leftOut = [.. groups.Select(group => Without(total, group))];
        double crossed = Crossed(groups) ?? score.Value;
        foreach (var group in groups) group.Dispose();
        var shuffled = Shuffled(overlap, total);
        return new SimilarityComparison(
            measure.Name, score.Value, NullValues.From(measure.AnalyticNull(overlap, score), score.Value, shuffled),
            Jackknife.Interval(score.Value, leftOut, options.Confidence, measure.Traits), score.Coefficients,
            [overlap.Left.Rank, overlap.Right.Rank], [score.KeptLeft, score.KeptRight], left.Count, crossed, []);
    }

    // More features than samples: the principal coordinates have the same inner products and are no wider than the samples.
    private static ActivationRows Narrowed(ActivationRows rows)
    {
        if (rows.Features < rows.Count) return rows;
        using var scope = NewDisposeScope();
        using var basis = Basis.Of(Finite(rows, rows.Read(0, rows.Count), 0), rows.RankTolerance);
        return new TensorRows(rows.Name, basis.Directions!.mm(basis.Rotation * basis.SingularValues))
        {
            RowsPerExample = rows.RowsPerExample,
        };
    }

    private PairMoments[] Accumulate()
    {
        using var scope = NewDisposeScope();
        using var firstLeft = left.Read(0, Math.Min(block, left.Count));
        using var firstRight = right.Read(0, Math.Min(block, right.Count));
        var origins = (Finite(left, firstLeft, 0).mean([0L]), Finite(right, firstRight, 0).mean([0L]));
        PairMoments[] groups =
            [.. Enumerable.Range(0, resampling.Count).Select(_ => new PairMoments(origins.Item1, origins.Item2, measure.NeedsNorms))];
        foreach (var (start, count) in Blocks("sums"))
        {
            using var inner = NewDisposeScope();
            var x = Finite(left, left.Read(start, count), start);
            var y = Finite(right, right.Read(start, count), start);
            foreach (var (group, rows) in resampling.Split(start, count))
            {
                if (rows.Length == count) groups[group].Add(x, y);
                else groups[group].Add(x.index_select(0, tensor(rows)), y.index_select(0, tensor(rows)));
            }
        }

        return groups;
    }

    // The sums carry too few digits: a second pass, by orthogonal factorization of [1, X, Y].
    private Overlap Refined(PairMoments total)
    {
        using var qr = new StackedQr(1 + left.Features + right.Features);
        foreach (var (start, count) in Blocks("ill-conditioned: second pass"))
        {
            using var scope = NewDisposeScope();
            qr.Add(cat(
                [
                    ones([count, 1], ScalarType.Float64),
                    left.Read(start, count) - total.Left.Origin,
                    right.Read(start, count) - total.Right.Origin,
                ], 1));
        }

        return Overlap.OfFactor(qr.Factor, total, Math.Max(left.RankTolerance, right.RankTolerance));
    }

    private double? Without(PairMoments total, PairMoments group)
    {
        total.Merge(group, -1);
        try
        {
            using var overlap = Overlap.Rough(total);
            return measure.Of(overlap).Value;
        }
        catch (Exception error) when (error is ArgumentException or RefusedException)
        {
            return null; // what is left does not vary, or is too little
        }
        finally
        {
            total.Merge(group);
        }
    }

    // Merges the groups into two halves: what they held apart is gone afterwards.
    private double? Crossed(PairMoments[] groups)
    {
        for (int i = 2; i < groups.Length; i++)
        {
            groups[i % 2].Merge(groups[i]);
            groups[i].Dispose();
        }

        try
        {
            return (OnHeld(groups[0], groups[1]) + OnHeld(groups[1], groups[0])) / 2;
        }
        catch (Exception error) when (error is ArgumentException or RefusedException)
        {
            return null;
        }
    }

    private double OnHeld(PairMoments fitted, PairMoments held)
    {
        using var overlap = Overlap.Rough(fitted);
        return measure.Transfer(overlap, held) ?? measure.Of(overlap).Value;
    }

    private List<double> Shuffled(Overlap overlap, PairMoments total)
    {
        double work = (double)left.Count * left.Features * right.Features;
        int pairings = options.Permutations ?? Math.Clamp((int)(ShuffleWork / work), 3, 100);
        var values = new List<double>();
        bool whole = left.Count * 8.0 * right.Features <= InMemoryBytes;
        using var all = whole ? right.Read(0, right.Count) : null;
        for (int i = 0; i < pairings; i++)
        {
            using var pairing = new CrossMoments(left.Features, right.Features, measure.NeedsNorms);
            if (all is not null) PairInMemory(pairing, total, all, (ulong)i + 1);
            else PairBlocks(pairing, total, (ulong)i + 1);
            using var paired = overlap.Paired(pairing, total);
            values.Add(measure.Of(paired).Value);
            progress?.Report(new WorkProgress("shuffled pairings", i + 1, pairings));
        }

        return values;
    }

    private void PairInMemory(CrossMoments pairing, PairMoments total, Tensor all, ulong stream)
    {
        using var scope = NewDisposeScope();
        var order = tensor(resampling.Shuffle((int)(left.Count / left.RowsPerExample), stream));
        foreach (var (start, count) in Blocks(null))
        {
            using var inner = NewDisposeScope();
            pairing.Add(left.Read(start, count), total.Left, all.index_select(0, order.narrow(0, start, count)), total.Right);
        }
    }

    // Whole blocks change places and their rows are shuffled: still a shuffled pairing, and read from a file in order.
    private void PairBlocks(CrossMoments pairing, PairMoments total, ulong stream)
    {
        long full = left.Count / block;
        long[] places = new Philox(options.Seed, stream).Permutation((int)full);
        foreach (var (start, count) in Blocks(null))
        {
            using var scope = NewDisposeScope();
            long other = count == block ? places[start / block] * block : start;
            var order = tensor(resampling.Shuffle((int)(count / left.RowsPerExample), (stream << 32) + (ulong)start + 1));
            pairing.Add(left.Read(start, count), total.Left, right.Read(other, count).index_select(0, order), total.Right);
        }
    }

    private static void RequireVarying(ActivationRows rows, SideMoments sums)
    {
        if (Basis.Varies(sums)) return;
        throw new ArgumentException(
            $"{rows.Name}: all {rows.Features} features are constant over {rows.Count} samples; a layer that does not vary has no directions "
                + "to compare.");
    }

    private static PairMoments Merged(PairMoments[] groups)
    {
        var sum = new PairMoments(groups[0].Left.Origin, groups[0].Right.Origin, groups[0].Norms);
        foreach (var group in groups) sum.Merge(group);
        return sum;
    }

    private IEnumerable<(long Start, long Count)> Blocks(string? task)
    {
        for (long start = 0; start < left.Count; start += block)
        {
            cancellation.ThrowIfCancellationRequested();
            long count = Math.Min(block, left.Count - start);
            yield return (start, count);
            if (task is not null) progress?.Report(new WorkProgress(task, start + count, left.Count));
        }
    }

    private static Tensor Finite(ActivationRows rows, Tensor values, long start) => FiniteRows.Require(rows.Name, values, start);
}
