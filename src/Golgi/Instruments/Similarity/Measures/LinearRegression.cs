using Golgi.Instruments.Similarity.Whitening;
using Golgi.Numerics.Statistics;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>R² of predicting the second layer from the first by least squares: ‖QᵃᵀY‖² / ‖Y‖², in [0, 1]. Not symmetric.</summary>
/// <remarks>For a single output this is the squared canonical correlation, so the sensitivity of a class logit needs no more.</remarks>
public sealed class LinearRegression : BasisMeasure
{
    /// <inheritdoc/>
    public override string Name => "regression";

    /// <inheritdoc/>
    public override string Meaning => "share of the second layer's variance that the first predicts linearly";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } =
        new(0, 1) { Symmetric = false, OrthogonalInvariant = true, NeedsMoreSamplesThanDirections = true };

    /// <inheritdoc/>
    public override Score Of(Overlap overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        using var scope = NewDisposeScope();
        double explained = overlap.Cosines.mm(overlap.Right.Coefficients).square().sum().item<double>();
        return new Score(Clip(explained / LinearCka.Trace(overlap.Right)), [], overlap.Left.Rank, overlap.Right.Rank);
    }

    /// <inheritdoc/>
    public override double AnalyticNull(Overlap overlap, Score kept) =>
        CanonicalNull.MeanSquare(kept.KeptLeft, 1, overlap.Samples);
}
