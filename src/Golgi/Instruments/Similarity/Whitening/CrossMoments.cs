using Golgi.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Whitening;

/// <summary>Sums over sample pairs of two layers: Σxyᵀ about both origins, and, where a measure asks, the sums of squared
/// row norms that a debiased measure needs.</summary>
public sealed class CrossMoments : IDisposable
{
    private readonly Tensor leftByNorm;
    private readonly Tensor rightByNorm;
    private readonly bool withNorms;
    private double norms;

    /// <summary>Starts at zero.</summary>
    /// <param name="left">Features of the one side.</param>
    /// <param name="right">Features of the other.</param>
    /// <param name="norms">Whether sums of row norms are kept too.</param>
    public CrossMoments(long left, long right, RowNorms norms)
    {
        withNorms = norms == RowNorms.Kept;
        Products = zeros([left, right], ScalarType.Float64).DetachFromDisposeScope();
        leftByNorm = zeros([left], ScalarType.Float64).DetachFromDisposeScope();
        rightByNorm = zeros([right], ScalarType.Float64).DetachFromDisposeScope();
    }

    /// <summary>Σ (x − o)(y − p)ᵀ, [left, right]. Owned by this object.</summary>
    public Tensor Products { get; }

    /// <summary>Sample pairs seen.</summary>
    public long Count { get; private set; }

    /// <summary>Takes up sample pairs.</summary>
    /// <param name="x">float64 [n, left].</param>
    /// <param name="left">Whose origin is taken off.</param>
    /// <param name="y">float64 [n, right].</param>
    /// <param name="right">The same.</param>
    public void Add(Tensor x, SideMoments left, Tensor y, SideMoments right)
    {
        TransposedProduct.AddTo(Products, x, left.Origin, y, right.Origin);
        Counted(x, left, y, right);
    }

    /// <summary>Counts pairs that others have summed into <see cref="Products"/>, and sums their norms where those are kept.</summary>
    internal void Counted(Tensor x, SideMoments left, Tensor y, SideMoments right)
    {
        Count += x.shape[0];
        if (!withNorms) return;
        using var scope = NewDisposeScope();
        (x, y) = (x - left.Origin, y - right.Origin);
        var k = x.square().sum(1);
        var l = y.square().sum(1);
        norms += k.dot(l).item<double>();
        leftByNorm.add_(x.t().mv(l));
        rightByNorm.add_(y.t().mv(k));
    }

    /// <summary>Adds (or takes off, with −1) another's sums about the same origins.</summary>
    public void Merge(CrossMoments other, int sign = 1)
    {
        Products.add_(other.Products, sign);
        leftByNorm.add_(other.leftByNorm, sign);
        rightByNorm.add_(other.rightByNorm, sign);
        norms += sign * other.norms;
        Count += sign * other.Count;
    }

    /// <summary>Σ (x − mean)(y − mean)ᵀ, [left, right]; the caller owns it.</summary>
    public Tensor Scatter(SideMoments left, SideMoments right)
    {
        using var scope = NewDisposeScope();
        return Products.sub(outer(left.Sum, right.Sum / Count)).MoveToOuterDisposeScope();
    }

    /// <summary>Σ ‖x − mean‖² ‖y − mean‖² over the sample pairs.</summary>
    public double CentredNormProducts(SideMoments left, SideMoments right)
    {
        using var scope = NewDisposeScope();
        var d = left.Sum / Count;
        var e = right.Sum / Count;
        double dd = d.dot(d).item<double>(), ee = e.dot(e).item<double>();
        double k = left.Products.trace().item<double>(), l = right.Products.trace().item<double>();

        // (‖x‖² − 2d·x + ‖d‖²)(‖y‖² − 2e·y + ‖e‖²), summed.
        return norms - (2 * e.dot(rightByNorm).item<double>()) + (ee * k)
            - (2 * d.dot(leftByNorm).item<double>()) + (4 * d.dot(Products.mv(e)).item<double>())
            - (2 * ee * Count * dd)
            + (dd * l) - (2 * dd * Count * ee) + (Count * dd * ee);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Products.Dispose();
        leftByNorm.Dispose();
        rightByNorm.Dispose();
    }
}
