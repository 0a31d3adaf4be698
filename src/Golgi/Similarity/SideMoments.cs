using static TorchSharp.torch;

namespace Golgi.Similarity;

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

    /// <summary>Σ (x − origin)(x − origin)ᵀ, [features, features]. Owned by this object.</summary>
    public Tensor Products { get; }

    /// <summary>Samples seen.</summary>
    public long Count { get; private set; }

    /// <summary>Number of features.</summary>
    public long Features => Origin.shape[0];

    /// <summary>Takes up samples.</summary>
    /// <param name="shifted">float64 [n, features], the origin already taken off.</param>
    public void Add(Tensor shifted)
    {
        using var scope = NewDisposeScope();
        Count += shifted.shape[0];
        Sum.add_(shifted.sum([0L]));
        SymmetricProduct(shifted, Products);
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
        return Products.sub(outer(Sum, Sum / Count)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Origin.Dispose();
        Sum.Dispose();
        Products.Dispose();
    }

    // Only the blocks on and above the diagonal are multiplied: 5/8 of the work of one full product.
    private static void SymmetricProduct(Tensor x, Tensor into)
    {
        long features = x.shape[1];
        long width = Math.Max(64, (features + 3) / 4);
        for (long at = 0; at < features; at += width)
        {
            long size = Math.Min(width, features - at), rest = features - at;
            var upper = x.narrow(1, at, size).t().mm(x.narrow(1, at, rest));
            into.narrow(0, at, size).narrow(1, at, rest).add_(upper);
            if (rest == size) continue;
            var below = upper.narrow(1, size, rest - size).t();
            into.narrow(0, at + size, rest - size).narrow(1, at, size).add_(below);
        }
    }
}
