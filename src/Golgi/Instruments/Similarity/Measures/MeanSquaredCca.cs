using Golgi.Instruments.Similarity.Whitening;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Mean squared canonical correlation, (1/k) Σ ρᵢ²: the share of one layer's whitened variance that the other explains.</summary>
/// <remarks>R²(CCA) in Kornblith et al. 2019 (arXiv 1905.00414).</remarks>
public sealed class MeanSquaredCca : BasisMeasure
{
    /// <inheritdoc/>
    public override string Name => "cca-squared";

    /// <inheritdoc/>
    public override string Meaning => "mean squared canonical correlation";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } =
        new(0, 1) { LinearInvariant = true, NeedsMoreSamplesThanDirections = true };

    /// <inheritdoc/>
    public override Score Of(Overlap overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        double[] correlations = Cca.Correlations(overlap.Cosines);
        double value = correlations.Average(rho => rho * rho);
        return new Score(Clip(value), correlations, overlap.Left.Rank, overlap.Right.Rank);
    }

    /// <inheritdoc/>
    public override double AnalyticNull(Overlap overlap, Score kept) =>
        CanonicalNull.MeanSquare(kept.KeptLeft, kept.KeptRight, overlap.Samples);
}
