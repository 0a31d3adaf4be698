using Golgi.Foundation;
using Golgi.Native;
using Golgi.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Whitening;

/// <summary>How two whitened layers lie to each other: Qᵃᵀ Qᵇ, the cosines between their orthonormal directions. What every
/// measure of this family reads.</summary>
public sealed class Overlap : IDisposable
{
    private readonly bool ownsSides;
    private readonly Lazy<(Tensor U, Tensor S, Tensor V)> canonical;

    private Overlap(Basis left, Basis right, Tensor cosines, bool ownsSides)
    {
        (Left, Right, this.ownsSides) = (left, right, ownsSides);
        Cosines = cosines.DetachFromDisposeScope();
        canonical = new(Decompose);
    }

    /// <summary>The one side.</summary>
    public Basis Left { get; }

    /// <summary>The other side.</summary>
    public Basis Right { get; }

    /// <summary>M = Qᵃᵀ Qᵇ, [left rank, right rank]. Owned by this object.</summary>
    public Tensor Cosines { get; }

    /// <summary>Samples that both were made from.</summary>
    public long Samples => Left.Samples;

    /// <summary>Σ‖x‖²‖y‖², Σ‖x‖⁴ and Σ‖y‖⁴ over centred rows; null where they were not summed.</summary>
    public (double Cross, double Left, double Right)? RowNorms { get; init; }

    /// <summary>Canonical decomposition M = U diag(ρ) Vᵀ; [left rank, k], [k], [right rank, k]. Owned by this object.</summary>
    public (Tensor U, Tensor S, Tensor V) Canonical => canonical.Value;

    /// <summary>Whitens two layers that are in memory and relates them.</summary>
    /// <param name="left">float32 or float64 [samples, features], finite.</param>
    /// <param name="right">The same samples of another layer, [samples, other features].</param>
    /// <param name="tolerance">Rank tolerance; by default that of the element type.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">Not finite matrices of as many samples, or a constant layer.</exception>
    public static Overlap Of(Tensor left, Tensor right, double? tolerance = null)
    {
        Check.Finite(Check.Shape(left, "[N, P]"));
        Check.Finite(Check.Shape(right, "[N, Q]"));
        RequireSameSamples(left.shape[0], right.shape[0]);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (left.shape[0] > Math.Max(left.shape[1], right.shape[1]))
        {
            var (x, y) = (left.to(ScalarType.Float64), right.to(ScalarType.Float64));
            using var moments = new PairMoments(x.mean([0L]), y.mean([0L]));
            moments.Add(x, y);
            if (TryOf(moments) is { } quick) return quick;
        }

        var (a, b) = (Basis.Of(left, tolerance), Basis.Of(right, tolerance));
        return new Overlap(a, b, a.Directions!.t().mm(b.Directions!), ownsSides: true);
    }

    /// <summary>Relates two layers that were whitened before, over the same samples. Cost samples × rank × rank.</summary>
    /// <returns>Borrows both sides; the caller owns it.</returns>
    /// <exception cref="InvalidOperationException">A side was made from sums alone and has no directions.</exception>
    public static Overlap Between(Basis left, Basis right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        RequireSameSamples(left.Samples, right.Samples);
        if (left.Directions is null || right.Directions is null)
        {
            throw new InvalidOperationException("A side was made from sums alone; make both with Basis.Of to relate them.");
        }

        return new Overlap(left, right, TransposedProduct.Of(left.Directions, right.Directions), ownsSides: false);
    }

    /// <summary>The relation that sums describe, or null where they carry too few digits (see <see cref="Basis"/>).</summary>
    /// <exception cref="ArgumentException">A layer is constant.</exception>
    public static Overlap? TryOf(PairMoments moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (Basis.TryOf(moments.Left) is not { } left) return null;
        if (Basis.TryOf(moments.Right) is not { } right)
        {
            left.Dispose();
            return null;
        }

        return Of(left, right, moments);
    }

    /// <summary>The same by eigenvectors with a coarse rank tolerance: for the spread of resampled values.</summary>
    internal static Overlap Rough(PairMoments moments) => Of(Basis.Rough(moments.Left), Basis.Rough(moments.Right), moments);

    /// <summary>From a triangular factor of [1, X, Y], as <see cref="StackedQr"/> makes it.</summary>
    internal static Overlap OfFactor(Tensor factor, PairMoments moments, double tolerance)
    {
        using var scope = NewDisposeScope();
        var centred = factor.narrow(0, 1, factor.shape[0] - 1);
        var left = Basis.OfCentred(centred.narrow(1, 1, moments.Left.Features), moments.Left.Mean(), moments.Count, tolerance);
        var right = Basis.OfCentred(
            centred.narrow(1, 1 + moments.Left.Features, moments.Right.Features), moments.Right.Mean(), moments.Count, tolerance);
        return new Overlap(left, right, left.Directions!.t().mm(right.Directions!), ownsSides: true)
        {
            RowNorms = moments.Norms == Golgi.Instruments.Similarity.Whitening.RowNorms.Kept ? moments.CentredNorms() : null,
        };
    }

    /// <summary>The same two sides with their samples paired in another way.</summary>
    /// <returns>Borrows this object's sides; the caller owns it.</returns>
    internal Overlap Paired(CrossMoments pairing, PairMoments moments)
    {
        using var scope = NewDisposeScope();
        var cosines = Cosine(Left, pairing.Scatter(moments.Left, moments.Right), Right);
        return new Overlap(Left, Right, cosines, ownsSides: false)
        {
            RowNorms = RowNorms is { } own
                ? (pairing.CentredNormProducts(moments.Left, moments.Right), own.Left, own.Right)
                : null,
        };
    }

    /// <summary>M between the leading principal directions of both sides, [left count, right count]; the caller owns it.</summary>
    public Tensor PrincipalCosines(long leftCount, long rightCount)
    {
        using var scope = NewDisposeScope();
        return Left.Rotation.narrow(1, 0, leftCount).t().mm(Cosines).mm(Right.Rotation.narrow(1, 0, rightCount))
            .MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cosines.Dispose();
        if (canonical.IsValueCreated)
        {
            canonical.Value.U.Dispose();
            canonical.Value.S.Dispose();
            canonical.Value.V.Dispose();
        }

        if (!ownsSides) return;
        Left.Dispose();
        Right.Dispose();
    }

    private static Overlap Of(Basis left, Basis right, PairMoments moments)
    {
        using var scope = NewDisposeScope();
        var cosines = Cosine(left, moments.Cross.Scatter(moments.Left, moments.Right), right);
        return new Overlap(left, right, cosines, ownsSides: true)
        {
            RowNorms = moments.Norms == Golgi.Instruments.Similarity.Whitening.RowNorms.Kept ? moments.CentredNorms() : null,
        };
    }

    // Tᵃᵀ S Tᵇ.
    private static Tensor Cosine(Basis left, Tensor scatter, Basis right) =>
        TransposedProduct.Of(TransposedProduct.Of(scatter, left.Whitening), right.Whitening);

    private static void RequireSameSamples(long left, long right)
    {
        if (left == right) return;
        throw new ArgumentException(
            $"One side has {left} samples and the other {right}; row i of both must be the same example, so there must be as many.");
    }

    private (Tensor U, Tensor S, Tensor V) Decompose()
    {
        using var scope = NewDisposeScope();
        using var thread = ThreadScope.One();
        var (u, s, vt) = linalg.svd(Cosines, fullMatrices: false);
        return (u.DetachFromDisposeScope(), s.clamp(0, 1).DetachFromDisposeScope(), vt.t().contiguous().DetachFromDisposeScope());
    }
}
