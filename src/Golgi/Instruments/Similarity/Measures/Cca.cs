using Golgi.Instruments.Similarity.Whitening;
using Golgi.Native;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Statistics;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Mean canonical correlation, (1/k) Σ ρᵢ with k = min of the two ranks.</summary>
/// <remarks>Blind to every invertible linear map of a layer, and to how much variance a direction carries: noise counts as
/// much as signal. Its value for unrelated layers is far from 0 unless there are many more samples than features.</remarks>
public sealed class Cca : BasisMeasure
{
    /// <inheritdoc/>
    public override string Name => "cca";

    /// <inheritdoc/>
    public override string Meaning => "mean canonical correlation";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } =
        new(0, 1) { LinearInvariant = true, NeedsMoreSamplesThanDirections = true };

    /// <inheritdoc/>
    public override Score Of(Overlap overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        double[] correlations = Correlations(overlap.Cosines);
        return new Score(Clip(correlations.Average()), correlations, overlap.Left.Rank, overlap.Right.Rank);
    }

    /// <inheritdoc/>
    public override double AnalyticNull(Overlap overlap, Score kept) =>
        CanonicalNull.MeanCorrelation(kept.KeptLeft, kept.KeptRight, overlap.Samples);

    /// <inheritdoc/>
    public override double? Transfer(Overlap fitted, PairMoments held)
    {
        using var scope = NewDisposeScope();
        var (u, _, v) = fitted.Canonical;
        return HeldCorrelations(fitted.Left.Whitening.mm(u), fitted.Right.Whitening.mm(v), held).mean().item<double>();
    }

    /// <summary>Canonical correlations from the cosines between two orthonormal bases: their singular values, in [0, 1].</summary>
    internal static double[] Correlations(Tensor cosines)
    {
        using var scope = NewDisposeScope();
        var wide = cosines.shape[0] <= cosines.shape[1] ? cosines : cosines.t();

        // Eigenvalues of M Mᵀ cost half of what singular values cost, and lose digits only where ρ² is next to nothing.
        var products = TransposedProduct.UpperOf(wide.t());
        using var thread = ThreadScope.One();
        var squares = linalg.eigvalsh(products, 'U');
        bool sharp = squares[0].item<double>() > 1e-10;
        var values = sharp ? squares.sqrt().flip(0) : linalg.svdvals(wide);
        return [.. values.clamp(0, 1).data<double>()];
    }
}
