using Golgi.Native;
using static TorchSharp.torch;

namespace Golgi.Numerics.LinearAlgebra;

/// <summary>Products XᵀY and XᵀX over the rows of tall float64 matrices, by the fastest way that the processor has.</summary>
internal static class TransposedProduct
{
    /// <summary>XᵀY.</summary>
    /// <param name="x">float64 [n, p]. Borrowed.</param>
    /// <param name="y">float64 [n, q]. Borrowed.</param>
    /// <returns>[p, q]; the caller owns it.</returns>
    public static Tensor Of(Tensor x, Tensor y)
    {
        var product = zeros([x.shape[1], y.shape[1]], ScalarType.Float64);
        AddTo(product, x, null, y, null);
        return product;
    }

    /// <summary>XᵀX, of which what lies below the diagonal has no meaning.</summary>
    /// <param name="x">float64 [n, p]. Borrowed.</param>
    /// <returns>[p, p]; the caller owns it.</returns>
    public static Tensor UpperOf(Tensor x)
    {
        var product = zeros([x.shape[1], x.shape[1]], ScalarType.Float64);
        using var origin = zeros(x.shape[1], ScalarType.Float64);
        using var sum = zeros_like(origin);
        AddSelf(product, sum, x, origin);
        return product;
    }

    /// <summary>Adds Σ (x − a)(y − b)ᵀ over rows.</summary>
    /// <param name="product">[p, q], contiguous.</param>
    /// <param name="a">[p], or null for zero.</param>
    /// <param name="b">[q], or null for zero.</param>
    public static void AddTo(Tensor product, Tensor x, Tensor? a, Tensor y, Tensor? b)
    {
        using var scope = NewDisposeScope();
        if (!RowPanels.Fast)
        {
            product.addmm_((a is null ? x : x - a).t(), b is null ? y : y - b);
            return;
        }

        (x, y) = (x.contiguous(), y.contiguous());
        using var left = new RowPanels(x.shape[1]);
        using var right = new RowPanels(y.shape[1]);
        using var team = Team(x.shape[0] * x.shape[1] * y.shape[1]);
        for (long at = 0; at < x.shape[0]; at += RowPanels.Depth)
        {
            left.Fill(x, a, at, team);
            right.Fill(y, b, at, team);
            RowPanels.AddProducts(left, right, product, team);
        }
    }

    /// <summary>Adds Σ (x − a) and Σ (x − a)(x − a)ᵀ over rows; of the product, what lies below the diagonal has no meaning.</summary>
    /// <param name="product">[p, p], contiguous.</param>
    /// <param name="sum">[p].</param>
    public static void AddSelf(Tensor product, Tensor sum, Tensor x, Tensor a)
    {
        using var scope = NewDisposeScope();
        if (!RowPanels.Fast)
        {
            x = x - a;
            sum.add_(x.sum([0L]));
            AddUpperBlocks(product, x);
            return;
        }

        x = x.contiguous();
        using var panels = new RowPanels(x.shape[1]);
        using var team = Team(x.shape[0] * x.shape[1] * x.shape[1]);
        for (long at = 0; at < x.shape[0]; at += RowPanels.Depth)
        {
            panels.Fill(x, a, at, team, sum);
            RowPanels.AddProducts(panels, panels, product, team);
        }
    }

    /// <summary>All three products of two sides, each row packed once.</summary>
    /// <param name="cross">Σ (x − a)(y − b)ᵀ is added, [p, q].</param>
    public static void AddPair(
        (Tensor Product, Tensor Sum, Tensor Rows, Tensor Origin) left,
        (Tensor Product, Tensor Sum, Tensor Rows, Tensor Origin) right,
        Tensor cross)
    {
        if (!RowPanels.Fast)
        {
            AddSelf(left.Product, left.Sum, left.Rows, left.Origin);
            AddSelf(right.Product, right.Sum, right.Rows, right.Origin);
            AddTo(cross, left.Rows, left.Origin, right.Rows, right.Origin);
            return;
        }

        using var scope = NewDisposeScope();
        var (x, y) = (left.Rows.contiguous(), right.Rows.contiguous());
        using var first = new RowPanels(x.shape[1]);
        using var second = new RowPanels(y.shape[1]);
        using var team = Team(x.shape[0] * x.shape[1] * y.shape[1]);
        for (long at = 0; at < x.shape[0]; at += RowPanels.Depth)
        {
            first.Fill(x, left.Origin, at, team, left.Sum);
            second.Fill(y, right.Origin, at, team, right.Sum);
            RowPanels.AddProducts(first, first, left.Product, team);
            RowPanels.AddProducts(second, second, right.Product, team);
            RowPanels.AddProducts(first, second, cross, team);
        }
    }

    // Threads for some multiplications: short products are done before a second thread has woken.
    private static WorkTeam Team(long multiplications) => WorkTeam.Open(multiplications < 10_000_000 ? 1 : get_num_threads());

    // 5/8 of the work of one full product.
    private static void AddUpperBlocks(Tensor product, Tensor x)
    {
        long features = x.shape[1], width = Math.Max(64, (features + 3) / 4);
        for (long at = 0; at < features; at += width)
        {
            long size = Math.Min(width, features - at), rest = features - at;
            product.narrow(0, at, size).narrow(1, at, rest).add_(x.narrow(1, at, size).t().mm(x.narrow(1, at, rest)));
        }
    }
}
