using Golgi.Instruments.Similarity.Whitening;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>A measure that follows from two whitened layers alone, so that it can be streamed and computed for whole grids.</summary>
public abstract class BasisMeasure : Measure
{
    /// <summary>True if <see cref="Overlap.RowNorms"/> must have been summed.</summary>
    public virtual RowNorms NeedsNorms => RowNorms.Ignored;

    /// <summary>The similarity.</summary>
    /// <param name="overlap">The two layers. Borrowed.</param>
    public abstract Score Of(Overlap overlap);

    /// <summary>The value to be expected of unrelated layers with the same spectra and as many samples.</summary>
    /// <param name="overlap">The two layers. Borrowed.</param>
    /// <param name="kept">Their score.</param>
    public abstract double AnalyticNull(Overlap overlap, Score kept);

    /// <summary>The value that directions fitted on some samples have on others.</summary>
    /// <param name="fitted">Made from the one half. Borrowed.</param>
    /// <param name="held">Sums over the other half. Borrowed.</param>
    /// <returns>Null for a measure that fits nothing: its values on the halves tell what there is to tell.</returns>
    public virtual double? Transfer(Overlap fitted, PairMoments held) => null;

    /// <summary>Correlations on held-out sums between pairs of directions.</summary>
    /// <param name="left">[left features, k].</param>
    /// <param name="right">[right features, k].</param>
    /// <returns>[k], 0 where a direction does not vary there; the caller owns it.</returns>
    private protected static Tensor HeldCorrelations(Tensor left, Tensor right, PairMoments held)
    {
        using var scope = NewDisposeScope();
        var cross = (left * held.Cross.Scatter(held.Left, held.Right).mm(right)).sum([0L]);
        var first = (left * held.Left.Scatter().mm(left)).sum([0L]);
        var second = (right * held.Right.Scatter().mm(right)).sum([0L]);
        return (cross / (first * second).sqrt()).nan_to_num(0, 0, 0).clamp(-1, 1).MoveToOuterDisposeScope();
    }
}
