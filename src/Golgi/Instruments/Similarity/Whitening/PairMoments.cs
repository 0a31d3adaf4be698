using Golgi.Foundation;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Whitening;

/// <summary>Everything that measures between two layers need to know of the data, summed in one pass: the sums of each side
/// and those between them. Add blocks as they come; parts that were summed apart merge exactly.</summary>
public sealed class PairMoments : IDisposable
{
    private readonly CrossMoments? leftSelf;
    private readonly CrossMoments? rightSelf;

    /// <summary>Starts at zero.</summary>
    /// <param name="leftOrigin">float64 [features], near the mean of the one side.</param>
    /// <param name="rightOrigin">The same for the other.</param>
    /// <param name="norms">Whether sums of row norms are kept, for <see cref="DebiasedCka"/>.</param>
    public PairMoments(Tensor leftOrigin, Tensor rightOrigin, RowNorms norms = RowNorms.Ignored)
    {
        Left = new SideMoments(leftOrigin);
        Right = new SideMoments(rightOrigin);
        Cross = new CrossMoments(Left.Features, Right.Features, norms);
        Norms = norms;
        if (norms == RowNorms.Ignored) return;
        leftSelf = new CrossMoments(Left.Features, Left.Features, norms);
        rightSelf = new CrossMoments(Right.Features, Right.Features, norms);
    }

    /// <summary>Sums of the one side. Owned by this object.</summary>
    public SideMoments Left { get; }

    /// <summary>Sums of the other. Owned by this object.</summary>
    public SideMoments Right { get; }

    /// <summary>Sums between them. Owned by this object.</summary>
    public CrossMoments Cross { get; }

    /// <summary>Whether row norms are summed.</summary>
    public RowNorms Norms { get; }

    /// <summary>Samples seen.</summary>
    public long Count => Left.Count;

    /// <summary>Takes up samples, row i of one side belonging to row i of the other.</summary>
    /// <param name="left">float64 [n, left features].</param>
    /// <param name="right">float64 [n, right features].</param>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public void Add(Tensor left, Tensor right)
    {
        Check.Shape(left, $"[N, {Left.Features}]");
        Check.Shape(right, $"[{left.shape[0]}, {Right.Features}]");
        TransposedProduct.AddPair(
            (Left.Products, Left.Sum, left, Left.Origin), (Right.Products, Right.Sum, right, Right.Origin), Cross.Products);
        Left.Counted(left.shape[0]);
        Right.Counted(right.shape[0]);
        Cross.Counted(left, Left, right, Right);
        leftSelf?.Add(left, Left, left, Left);
        rightSelf?.Add(right, Right, right, Right);
    }

    /// <summary>Adds (or takes off, with −1) sums about the same origins.</summary>
    /// <exception cref="ArgumentException">The origins differ in number of features.</exception>
    public void Merge(PairMoments other, int sign = 1)
    {
        ArgumentNullException.ThrowIfNull(other);
        Check.SameShape(Left.Origin, other.Left.Origin);
        Check.SameShape(Right.Origin, other.Right.Origin);
        Left.Merge(other.Left, sign);
        Right.Merge(other.Right, sign);
        Cross.Merge(other.Cross, sign);
        leftSelf?.Merge(other.leftSelf!, sign);
        rightSelf?.Merge(other.rightSelf!, sign);
    }

    /// <summary>Σ‖x‖²‖y‖², Σ‖x‖⁴ and Σ‖y‖⁴ of centred rows.</summary>
    /// <exception cref="InvalidOperationException">Row norms were not kept.</exception>
    public (double Cross, double Left, double Right) CentredNorms() =>
        Norms == RowNorms.Kept
            ? (Cross.CentredNormProducts(Left, Right), leftSelf!.CentredNormProducts(Left, Left),
                rightSelf!.CentredNormProducts(Right, Right))
            : throw new InvalidOperationException("Row norms were not summed; make the moments with RowNorms.Kept.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Left.Dispose();
        Right.Dispose();
        Cross.Dispose();
        leftSelf?.Dispose();
        rightSelf?.Dispose();
    }
}
