using Golgi.Instruments.Similarity.Whitening;
using Golgi.Numerics.Statistics;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Projection-weighted CCA: Σ αᵢ ρᵢ / Σ αᵢ, a canonical variate h counting as much as the layer's neurons lie along it,
/// αᵢ = Σⱼ |⟨hᵢ, xⱼ⟩|.</summary>
/// <remarks>Morcos, Raghu and Bengio 2018 (arXiv 1806.05759), with variates whitened and neurons centred, as the definition
/// says (published code leaves out both). Not symmetric: weights come from one side.</remarks>
/// <param name="side">The layer whose neurons weigh the variates.</param>
public sealed class Pwcca(Side side = Side.Left) : BasisMeasure
{
    /// <inheritdoc/>
    public override string Name => "pwcca";

    /// <inheritdoc/>
    public override string Meaning => $"canonical correlations weighted by the {(side == Side.Left ? "first" : "second")} layer's neurons";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } =
        new(0, 1) { Symmetric = false, OrthogonalInvariant = false, NeedsMoreSamplesThanDirections = true };

    /// <inheritdoc/>
    public override Score Of(Overlap overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        using var scope = NewDisposeScope();
        var weights = Weights(overlap);
        double value = (weights * overlap.Canonical.S).sum().item<double>();
        return new Score(Clip(value), [.. overlap.Canonical.S.data<double>()], overlap.Left.Rank, overlap.Right.Rank);
    }

    /// <inheritdoc/>
    public override double AnalyticNull(Overlap overlap, Score kept) =>
        CanonicalNull.MeanCorrelation(kept.KeptLeft, kept.KeptRight, overlap.Samples);

    /// <inheritdoc/>
    public override double? Transfer(Overlap fitted, PairMoments held)
    {
        using var scope = NewDisposeScope();
        var (u, _, v) = fitted.Canonical;
        var held_ = HeldCorrelations(fitted.Left.Whitening.mm(u), fitted.Right.Whitening.mm(v), held);
        return (Weights(fitted) * held_).sum().item<double>();
    }

    // [k], adding up to 1.
    private Tensor Weights(Overlap overlap)
    {
        var projections = side == Side.Left
            ? overlap.Canonical.U.t().mm(overlap.Left.Coefficients)
            : overlap.Canonical.V.t().mm(overlap.Right.Coefficients); // ⟨hᵢ, xⱼ⟩: [k, features]
        var weights = projections.abs().sum(1);
        return weights / weights.sum();
    }
}
