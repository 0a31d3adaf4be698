using Golgi.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Whitening;

/// <summary>Sums over samples of one layer's activations: count, Σx and Σxxᵀ about a fixed origin, in float64. Memory does not
/// depend on the number of samples, and sums of parts add up to the sum of the whole.</summary>
/// <remarks>The origin is meant to lie near the mean (the first block's mean), so that centring cancels next to nothing.</remarks>
public sealed class SideMoments : IDisposable
{
    /// <summary>Starts at zero.</summary>
    /// <param name="origin">float64 [features]; copied.</param>
    public SideMoments(Tensor origin)
    {
        using var scope = NewDisposeScope();
        Origin = origin.clone().DetachFromDisposeScope();
        Sum = zeros_like(Origin).DetachFromDisposeScope();
        Products = zeros([origin.shape[0], origin.shape[0]], ScalarType.Float64).DetachFromDisposeScope();
    }

    /// <summary>The point about which sums are taken, [features]. Owned by this object.</summary>
    public Tensor Origin { get; }

    /// <summary>Σ (x − origin), [features]. Owned by this object.</summary>
    public Tensor Sum { get; }

    /// <summary>Σ (x − origin)(x − origin)ᵀ, [features, features], of which only the diagonal and what lies above it is kept up.
    /// Owned by this object.</summary>
    public Tensor Products { get; }

    /// <summary>Samples seen.</summary>
    public long Count { get; private set; }

    /// <summary>Number of features.</summary>
    public long Features => Origin.shape[0];

    /// <summary>Takes up samples.</summary>
    /// <param name="rows">float64 [n, features].</param>
    public void Add(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TransposedProduct.AddSelf(Products, Sum, rows, Origin);
        Counted(rows.shape[0]);
    }

    /// <summary>Adds (or takes off, with −1) another's sums.</summary>
    /// <param name="other">Sums about any origin.</param>
    /// <param name="sign">1 or −1.</param>
    public void Merge(SideMoments other, int sign = 1)
    {
        using var scope = NewDisposeScope();
        Count += sign * other.Count;
        if (Origin.Equals(other.Origin))
        {
            Products.add_(other.Products, sign);
            Sum.add_(other.Sum, sign);
            return;
        }

        var shift = other.Origin - Origin;
        var cross = outer(other.Sum, shift);
        Products.add_(sign * (other.Products + cross + cross.t() + (other.Count * outer(shift, shift))));
        Sum.add_(sign * (other.Sum + (other.Count * shift)));
    }

    /// <summary>The mean, [features]; the caller owns it.</summary>
    public Tensor Mean()
    {
        using var scope = NewDisposeScope();
        return Origin.add(Sum / Count).MoveToOuterDisposeScope();
    }

    /// <summary>Σ (x − mean)(x − mean)ᵀ, [features, features]; the caller owns it.</summary>
    public Tensor Scatter()
    {
        using var scope = NewDisposeScope();
        var upper = Products.sub(outer(Sum, Sum / Count)).triu();
        return upper.add(upper.triu(1).t()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Origin.Dispose();
        Sum.Dispose();
        Products.Dispose();
    }

    /// <summary>Rows that others have summed into <see cref="Sum"/> and <see cref="Products"/>.</summary>
    internal void Counted(long rows) => Count += rows;
}
