using Golgi.Instruments.Similarity.Whitening;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Linear centred kernel alignment, ‖XᵀY‖² / (‖XᵀX‖ ‖YᵀY‖) with centred columns and Frobenius norms.</summary>
/// <remarks>Kornblith et al. 2019 (arXiv 1905.00414). Rotations and uniform scaling change nothing; directions count by their
/// variance. Biased upwards when features outnumber samples: see <see cref="DebiasedCka"/>.</remarks>
public sealed class LinearCka : BasisMeasure
{
    /// <inheritdoc/>
    public override string Name => "cka";

    /// <inheritdoc/>
    public override string Meaning => "linear centred kernel alignment";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } = new(0, 1);

    /// <inheritdoc/>
    public override Score Of(Overlap overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        using var scope = NewDisposeScope();
        var (cross, left, right) = Norms(overlap);
        return new Score(Clip(cross / (left * right)), [], overlap.Left.Rank, overlap.Right.Rank);
    }

    /// <inheritdoc/>
    /// <remarks>tr(K) tr(L) / ((n − 1) ‖K‖ ‖L‖): the mean over all pairings of the samples, exactly.</remarks>
    public override double AnalyticNull(Overlap overlap, Score kept)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        var (_, left, right) = Norms(overlap);
        double traces = Trace(overlap.Left) * Trace(overlap.Right);
        return Clip(traces / ((overlap.Samples - 1) * left * right));
    }

    /// <summary>‖XᵀY‖², ‖XᵀX‖ and ‖YᵀY‖ of the centred layers.</summary>
    internal static (double Cross, double Left, double Right) Norms(Overlap overlap)
    {
        using var scope = NewDisposeScope();
        var left = overlap.Left.Coefficients.mm(overlap.Left.Coefficients.t());
        var right = overlap.Right.Coefficients.mm(overlap.Right.Coefficients.t());
        double cross = (left.mm(overlap.Cosines) * overlap.Cosines.mm(right)).sum().item<double>();
        return (cross, left.norm().item<double>(), right.norm().item<double>());
    }

    /// <summary>tr(XᵀX) of a centred layer: its total variance times n.</summary>
    internal static double Trace(Basis side)
    {
        using var scope = NewDisposeScope();
        return side.Coefficients.square().sum().item<double>();
    }
}
