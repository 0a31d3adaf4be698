using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>A measure that compares how two layers relate samples to each other: a cosine between two [n, n] matrices. Cost and
/// memory grow with the square of the number of samples.</summary>
public abstract class PairwiseMeasure : Measure
{
    /// <summary>Relations between samples, before any centring: a kernel or ranks of dissimilarities.</summary>
    /// <param name="activations">float64 [n, features].</param>
    /// <returns>Symmetric, [n, n]; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The layer has no such relations (it is constant, or has one feature only).</exception>
    public abstract Tensor Relations(Tensor activations);

    /// <summary>Centres relations among a set of samples, so that unrelated layers have a cosine of about 0 (or small).</summary>
    /// <param name="relations">[n, n]; not changed.</param>
    /// <returns>[n, n]; the caller owns it.</returns>
    public abstract Tensor Centre(Tensor relations);

    /// <summary>The mean of the similarity over all pairings of the samples, exactly.</summary>
    /// <param name="left">Centred relations.</param>
    /// <param name="right">Centred relations.</param>
    public abstract double AnalyticNull(Tensor left, Tensor right);

    /// <summary>The similarity of two centred relations, ⟨A, B⟩ / (‖A‖ ‖B‖).</summary>
    public double Of(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        return Clip(((left * right).sum() / (left.norm() * right.norm())).item<double>());
    }
}
