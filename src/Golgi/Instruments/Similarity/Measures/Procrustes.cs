using Golgi.Foundation;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Numerics.Statistics;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Orthogonal Procrustes similarity: ‖XᵀY‖₊ (nuclear norm) of centred layers of unit Frobenius norm, in [0, 1].</summary>
/// <remarks>The best inner product that a rotation of one layer onto the other reaches; the narrower layer counts as padded
/// with zeros. Rotations and uniform scaling change nothing. Schönemann 1966; Williams et al. 2021 (arXiv 2110.14739).</remarks>
public sealed class Procrustes : BasisMeasure
{
    /// <inheritdoc/>
    public override string Name => "procrustes";

    /// <inheritdoc/>
    public override string Meaning => "best overlap under a rotation, 1 minus half the squared Procrustes distance";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } = new(0, 1);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Distances(double similarity) =>
        new Dictionary<string, double> { ["procrustes distance"] = Distance(similarity), ["angular shape distance"] = Angle(similarity) };

    /// <summary>The Procrustes distance √(2 − 2s) that belongs to a similarity s, in [0, √2].</summary>
    public static double Distance(double similarity) => Math.Sqrt(Math.Max(0, 2 - (2 * Check.Fraction(similarity))));

    /// <summary>The angular shape distance arccos s, in [0, π/2]: a metric, so that it obeys the triangle inequality.</summary>
    public static double Angle(double similarity) => Math.Acos(Check.Fraction(similarity));

    /// <inheritdoc/>
    public override Score Of(Overlap overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        using var scope = NewDisposeScope();
        var (left, right) = (overlap.Left, overlap.Right);
        var (first, second) = (left.SingularValues / left.SingularValues.norm(), right.SingularValues / right.SingularValues.norm());
        var cross = overlap.PrincipalCosines(left.Rank, right.Rank) * first.unsqueeze(1) * second;
        double[] parts = [.. linalg.svdvals(cross).data<double>()];
        return new Score(Clip(parts.Sum()), parts, left.Rank, right.Rank);
    }

    /// <inheritdoc/>
    public override double AnalyticNull(Overlap overlap, Score kept)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        double[] a = [.. overlap.Left.SingularValues.data<double>()], b = [.. overlap.Right.SingularValues.data<double>()];
        double left = a.Sum(s => s * s), right = b.Sum(s => s * s);
        double[] first = [.. a.Select(s => s * s / left)], second = [.. b.Select(s => s * s / right)];
        return Clip(NuclearNull.Expected(first, second, overlap.Samples - 1));
    }

    /// <inheritdoc/>
    /// <remarks>tr(RᵀX′ᵀY′) / (‖X′‖ ‖Y′‖) with the rotation R of the fitted half.</remarks>
    public override double? Transfer(Overlap fitted, PairMoments held)
    {
        using var scope = NewDisposeScope();
        var cross = fitted.Left.Coefficients.t().mm(fitted.Cosines).mm(fitted.Right.Coefficients);
        var (u, _, vt) = linalg.svd(cross, fullMatrices: false);
        var reached = (u.mm(vt) * held.Cross.Scatter(held.Left, held.Right)).sum();
        var length = (held.Left.Scatter().trace() * held.Right.Scatter().trace()).sqrt();
        return (reached / length).clamp(-1, 1).item<double>();
    }
}
