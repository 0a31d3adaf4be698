using Golgi.Instruments.Similarity.Whitening;
using Golgi.Numerics.Statistics;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Singular vector CCA: mean canonical correlation between the leading principal directions of both layers.</summary>
/// <remarks>Raghu et al. 2017 (arXiv 1706.05806), eq. 1; dropping the directions of least variance keeps noise out of the mean.</remarks>
/// <param name="truncation">What is kept of each side; by default 99 % of the variance.</param>
public sealed class Svcca(Truncation? truncation = null) : BasisMeasure
{
    /// <summary>What is kept of each side.</summary>
    public Truncation Truncation { get; } = truncation ?? Truncation.Variance(0.99);

    /// <inheritdoc/>
    public override string Name => "svcca";

    /// <inheritdoc/>
    public override string Meaning => $"mean canonical correlation of the principal directions ({Truncation})";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } = new(0, 1) { NeedsMoreSamplesThanDirections = true };

    /// <inheritdoc/>
    public override Score Of(Overlap overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        using var scope = NewDisposeScope();
        long left = overlap.Left.Kept(Truncation), right = overlap.Right.Kept(Truncation);
        double[] correlations = Cca.Correlations(overlap.PrincipalCosines(left, right));
        return new Score(Clip(correlations.Average()), correlations, left, right);
    }

    /// <inheritdoc/>
    public override double AnalyticNull(Overlap overlap, Score kept) =>
        CanonicalNull.MeanCorrelation(kept.KeptLeft, kept.KeptRight, overlap.Samples);

    /// <inheritdoc/>
    public override double? Transfer(Overlap fitted, PairMoments held)
    {
        using var scope = NewDisposeScope();
        long left = fitted.Left.Kept(Truncation), right = fitted.Right.Kept(Truncation);
        var (u, _, vt) = linalg.svd(fitted.PrincipalCosines(left, right), fullMatrices: false);
        var a = fitted.Left.Whitening.mm(fitted.Left.Rotation.narrow(1, 0, left)).mm(u);
        var b = fitted.Right.Whitening.mm(fitted.Right.Rotation.narrow(1, 0, right)).mm(vt.t());
        return HeldCorrelations(a, b, held).mean().item<double>();
    }
}
