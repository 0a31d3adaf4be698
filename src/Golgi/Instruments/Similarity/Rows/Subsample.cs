using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>Orthonormal directions looked at on some of the samples only, real or complex: products there, and directions that are
/// orthonormal there.</summary>
internal static class Subsample
{
    /// <summary>Σ (a − ā)ᴴ (b − b̄) over rows, with their means over the same rows.</summary>
    public static Tensor Products(Tensor a, Tensor b, Tensor rows)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (a.index_select(0, rows), b.index_select(0, rows));
        return (x - x.mean([0L])).conj().t().mm(y - y.mean([0L])).MoveToOuterDisposeScope();
    }

    /// <summary>The same over all rows but some, where columns have mean zero over all.</summary>
    /// <param name="whole">aᴴ b over all rows.</param>
    public static Tensor Without(Tensor whole, Tensor a, Tensor b, Tensor rows)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (a.index_select(0, rows), b.index_select(0, rows));
        var means = x.sum([0L]).conj().unsqueeze(1) * y.sum([0L]) / (a.shape[0] - rows.shape[0]);
        return (whole - x.conj().t().mm(y) - means).MoveToOuterDisposeScope();
    }

    /// <summary>L with L Lᴴ = P, for the products P of directions with themselves; null where they are dependent.</summary>
    public static Tensor? Factor(Tensor products)
    {
        using var scope = NewDisposeScope();
        var (lower, failed) = linalg.cholesky_ex(products);
        return failed.item<int>() == 0 ? lower.MoveToOuterDisposeScope() : null;
    }

    /// <summary>L⁻¹ P R⁻ᴴ: cosines between directions that were made orthonormal.</summary>
    public static Tensor Cosines(Tensor products, Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        var half = linalg.solve_triangular(left, products, upper: false);
        return linalg.solve_triangular(right, half.conj().t().resolve_conj(), upper: false).conj().t().resolve_conj().MoveToOuterDisposeScope();
    }
}
