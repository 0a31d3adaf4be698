using Golgi.Foundation;
using Golgi.Instruments.Similarity.Whitening;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Linear CKA from the unbiased estimate of HSIC: 0 on the average for unrelated layers, however few samples.</summary>
/// <remarks>HSIC₁ of Song et al. 2012: [tr(K̃L̃) + 1ᵀK̃1 1ᵀL̃1 / ((n−1)(n−2)) − 2/(n−2) 1ᵀK̃L̃1] / (n(n−3)), K̃ with zero diagonal.
/// With centred features the row sums of K̃ are −‖x‖², so sums of row norms replace the n × n matrices. Slightly negative
/// values are possible and kept.</remarks>
public sealed class DebiasedCka : BasisMeasure
{
    /// <inheritdoc/>
    public override string Name => "cka-debiased";

    /// <inheritdoc/>
    public override string Meaning => "linear centred kernel alignment without its bias";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } = new(-1, 1);

    /// <inheritdoc/>
    public override RowNorms NeedsNorms => RowNorms.Kept;

    /// <inheritdoc/>
    /// <exception cref="RefusedException">Fewer than 4 samples, or a layer whose own HSIC₁ is not positive.</exception>
    public override Score Of(Overlap overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        if (overlap.Samples < 4)
        {
            throw new RefusedException($"Debiased CKA of {overlap.Samples} samples does not exist; it needs 4 or more.");
        }

        if (overlap.RowNorms is not { } norms)
        {
            throw new InvalidOperationException("Row norms were not summed; make the moments with RowNorms.Kept.");
        }

        var (cross, left, right) = LinearCka.Norms(overlap);
        double n = overlap.Samples, k = LinearCka.Trace(overlap.Left), l = LinearCka.Trace(overlap.Right);
        double first = Estimate(left * left, norms.Left, k, k, n), second = Estimate(right * right, norms.Right, l, l, n);
        if (!(first > 0 && second > 0))
        {
            throw new RefusedException(
                $"Debiased CKA is undefined here: a layer's own estimate is {Math.Min(first, second):G3}; more samples than {n} are needed.");
        }

        double value = Estimate(cross, norms.Cross, k, l, n) / Math.Sqrt(first * second);
        return new Score(Clip(value), [], overlap.Left.Rank, overlap.Right.Rank);
    }

    /// <inheritdoc/>
    public override double AnalyticNull(Overlap overlap, Score kept) => 0;

    private static double Estimate(double cross, double products, double k, double l, double n) =>
        (cross - products + (k * l / ((n - 1) * (n - 2))) - (2 / (n - 2) * products)) / (n * (n - 3));
}
