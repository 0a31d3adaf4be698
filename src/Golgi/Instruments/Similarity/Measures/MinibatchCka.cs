using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Linear CKA from batches that are seen once: the unbiased HSIC₁ of each batch is averaged before the quotient is taken,
/// so that the batch size does not bias it.</summary>
/// <remarks>Nguyen, Raghu and Kornblith 2021 (arXiv 2010.15327). Memory: one batch. Batches of fewer than 4 samples, a short last
/// one for instance, have no HSIC₁ and are left out.</remarks>
public sealed class MinibatchCka
{
    private double cross;
    private double left;
    private double right;

    /// <summary>Batches taken up.</summary>
    public long Batches { get; private set; }

    /// <summary>Batches left out, because they had fewer than 4 samples.</summary>
    public long Short { get; private set; }

    /// <summary>The similarity so far, in [−1, 1]; 0 on the average for unrelated layers.</summary>
    /// <exception cref="InvalidOperationException">No batch was taken up yet.</exception>
    /// <exception cref="RefusedException">A layer's own average is not positive: the batches are too small.</exception>
    public double Value
    {
        get
        {
            if (Batches == 0) throw new InvalidOperationException("No batch was added yet; add one of 4 samples or more.");
            if (left > 0 && right > 0) return Math.Clamp(cross / Math.Sqrt(left * right), -1, 1);
            throw new RefusedException(
                $"Minibatch CKA is undefined after {Batches} batches: a layer's own estimate is not positive. Add more or larger batches.");
        }
    }

    /// <summary>Takes up a batch.</summary>
    /// <param name="x">float32 or float64 [n, features], finite. Borrowed.</param>
    /// <param name="y">The same samples of the other layer, [n, other features]. Borrowed.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a value is not finite.</exception>
    public void Add(Tensor x, Tensor y)
    {
        Check.Finite(Check.Shape(x, "[N, P]"));
        Check.Finite(Check.Shape(y, $"[{x.shape[0]}, Q]"));
        if (x.shape[0] < 4)
        {
            Short++;
            return;
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (k, l) = (Kernel(x), Kernel(y));
        cross += Estimate(k, l);
        left += Estimate(k, k);
        right += Estimate(l, l);
        Batches++;
    }

    /// <summary>Takes up all that another saw.</summary>
    public void Merge(MinibatchCka other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (cross, left, right) = (cross + other.cross, left + other.left, right + other.right);
        (Batches, Short) = (Batches + other.Batches, Short + other.Short);
    }

    // With a zero diagonal. Centring changes nothing in HSIC₁ and keeps the digits.
    private static Tensor Kernel(Tensor x)
    {
        var rows = x.to(ScalarType.Float64);
        rows = rows - rows.mean([0L]);
        var kernel = rows.mm(rows.t());
        kernel.diagonal().zero_();
        return kernel;
    }

    private static double Estimate(Tensor k, Tensor l)
    {
        double n = k.shape[0];
        var (a, b) = (k.sum([1L]), l.sum([1L]));
        double trace = (k * l).sum().item<double>(), sums = a.sum().item<double>() * b.sum().item<double>();
        return (trace + (sums / ((n - 1) * (n - 2))) - (2 / (n - 2) * a.dot(b).item<double>())) / (n * (n - 3));
    }
}
