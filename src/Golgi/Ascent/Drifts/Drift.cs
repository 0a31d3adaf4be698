using static TorchSharp.torch;

namespace Golgi.Ascent.Drifts;

/// <summary>Where the coordinates of a canvas are drawn to, and one term of a step: a step is a weighted sum of drifts, which a rule turns into
/// a change.</summary>
public abstract class Drift
{
    /// <summary>Under what name the size of its term is logged.</summary>
    public abstract string Name { get; }

    /// <summary>The drift at the pictures of a step; nothing is recorded by autograd.</summary>
    /// <param name="step">What may be known; borrowed.</param>
    /// <returns>[N, ...], as the coordinates.</returns>
    public abstract Tensor At(DriftStep step);
}
