using Golgi.Foundation;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>Compares two layers: a measure's value with its nulls, an interval, a held-out value, and a gate for too few samples.</summary>
/// <remarks>Measures on whitened layers read the rows in blocks, so that memory does not grow with the samples: one pass for
/// the value, one for the shuffled pairings, and one more only where the sums carry too few digits.</remarks>
/// <param name="options">What surrounds the value.</param>
public sealed class Comparer(ComparisonOptions? options = null)
{
    private readonly ComparisonOptions options = options ?? new ComparisonOptions();

    /// <summary>Compares.</summary>
    /// <param name="left">The one layer. Borrowed.</param>
    /// <param name="right">The other, row i of it belonging to the same sample. Borrowed.</param>
    /// <param name="measure">Which similarity.</param>
    /// <exception cref="ArgumentException">The sides differ in samples, hold values that are not finite, or do not vary.</exception>
    /// <exception cref="RefusedException">There are too few samples for the value to mean anything, or too many for the measure.</exception>
    public SimilarityComparison Compare(
        ActivationRows left,
        ActivationRows right,
        Measure measure,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(measure);
        RequireAlike(left, right);
        RequireEnough(left, right, measure);
        var result = measure switch
        {
            BasisMeasure basis => new StreamedComparison(left, right, basis, options, progress, cancellation).Run(),
            BatchedCka batched => new BatchedComparison(left, right, batched, options, progress, cancellation).Run(),
            PairwiseMeasure pairwise => new PairwiseComparison(left, right, pairwise, options, progress, cancellation).Run(),
            _ => throw new ArgumentException(
                $"{measure.Name} is neither a measure on bases, nor one on batches, nor one on pairs of samples.", nameof(measure)),
        };
        return Judge(left, right, measure, result);
    }

    private static void RequireAlike(ActivationRows left, ActivationRows right)
    {
        if (left.Count != right.Count)
        {
            throw new ArgumentException(
                $"{left.Name} has {left.Count} rows and {right.Name} {right.Count}; row i of both must be the same sample, so there must "
                    + "be as many.");
        }

        if (left.RowsPerExample != right.RowsPerExample)
        {
            throw new ArgumentException(
                $"{left.Name} has {left.RowsPerExample} rows an example and {right.Name} {right.RowsPerExample}; they must be the same.");
        }

        if (left.Count / left.RowsPerExample < 5)
        {
            throw new RefusedException(
                $"{left.Name} has {left.Count / left.RowsPerExample} examples; a comparison with an interval needs 5 or more.");
        }
    }

    private void RequireEnough(ActivationRows left, ActivationRows right, Measure measure)
    {
        var wide = left.Features > right.Features ? left : right;
        if (!measure.Traits.NeedsMoreSamplesThanDirections || options.FewSamples == FewSamples.Warn || left.Count > wide.Features) return;
        throw new RefusedException(
            $"{wide.Name} has {wide.Features} features and only {left.Count} samples, so that {measure.Name} fits chance. Take 5 to 10 times as many "
            + "samples as features, use cka-debiased, or allow few samples (--few-samples warn).");
    }

    private SimilarityComparison Judge(ActivationRows left, ActivationRows right, Measure measure, SimilarityComparison result)
    {
        long directions = result.Kept[0] + result.Kept[1], wide = Math.Max(left.Features, right.Features);
        var warnings = new List<string>();
        if (measure.Traits.NeedsMoreSamplesThanDirections && directions > result.Samples - 1)
        {
            string problem =
                $"{result.Samples} samples cannot tell {result.Kept[0]} directions from {result.Kept[1]}: any two such layers share "
                + $"{directions - result.Samples + 1} or more directions with a correlation of 1, related or not.";
            if (options.FewSamples == FewSamples.Refuse)
            {
                throw new RefusedException(
                    $"{problem} Take more than {directions} samples, keep fewer directions, use cka-debiased, or allow few samples "
                        + "(--few-samples warn).");
            }

            warnings.Add(problem);
        }
        else if (result.Samples < 5 * Math.Max(result.Kept[0], result.Kept[1]) && measure is not DebiasedCka)
        {
            warnings.Add(
                $"{result.Samples} samples for {Math.Max(result.Kept[0], result.Kept[1])} directions are few: read the value beside its null, and "
                    + "better take 5 to 10 times as many.");
        }

        if (measure is LinearCka && result.Samples < wide)
        {
            warnings.Add($"With {wide} features and {result.Samples} samples linear CKA is biased upwards; cka-debiased is not.");
        }

        if (left.RowsPerExample > 1)
        {
            warnings.Add("Rows of one example are not independent: the analytic null is too low, the permutation null is right.");
        }

        return result with { Warnings = warnings, Distances = measure.Distances(result.Value) };
    }
}
