using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Centred kernel alignment with Gaussian kernels, exp(−d² / 2σ²), σ a multiple of the median distance between samples.</summary>
/// <remarks>Kornblith et al. 2019 (arXiv 1905.00414). The median is taken over all pairs of different samples.</remarks>
/// <param name="bandwidth">σ over the median distance, above 0; 1 by default. Small values look at near neighbours only.</param>
public sealed class RbfCka(double bandwidth = 1) : PairwiseMeasure
{
    private readonly double bandwidth = Check.Positive(bandwidth);

    /// <inheritdoc/>
    public override string Name => "cka-rbf";

    /// <inheritdoc/>
    public override string Meaning => $"centred kernel alignment, Gaussian kernel of {bandwidth:G3} median distances";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } = new(0, 1);

    /// <inheritdoc/>
    public override Tensor Relations(Tensor activations)
    {
        using var scope = NewDisposeScope();
        var x = activations - activations.mean([0L]);
        var norms = x.square().sum(1);
        var squares = x.mm(x.t()).mul_(-2).add_(norms).add_(norms.unsqueeze(1)).clamp_min_(0); // d²: [n, n]
        squares.diagonal().zero_();
        double median = Median(squares);
        if (!(median > 0))
        {
            throw new ArgumentException(
                "More than half of the pairs of samples have equal activations, so the median distance is 0 and there is no bandwidth; use "
                    + "another measure.");
        }

        return squares.mul_(-1 / (2 * bandwidth * bandwidth * median * median)).exp_().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Centre(Tensor relations)
    {
        using var scope = NewDisposeScope();
        var rows = relations.mean([0L]);
        return (relations - rows - rows.unsqueeze(1)).add_(rows.mean()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double AnalyticNull(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        var mean = left.trace() * right.trace() / ((left.shape[0] - 1) * left.norm() * right.norm());
        return Clip(mean.item<double>());
    }

    // Of the distances of pairs i < j; the mean of the two middle ones where their number is even.
    private static double Median(Tensor squares)
    {
        using var scope = NewDisposeScope();
        long n = squares.shape[0];
        var sorted = squares.masked_select(ones([n, n], ScalarType.Bool).triu(1)).sqrt().sort().Values;
        long count = sorted.shape[0];
        return (sorted[(count - 1) / 2].item<double>() + sorted[count / 2].item<double>()) / 2;
    }
}
