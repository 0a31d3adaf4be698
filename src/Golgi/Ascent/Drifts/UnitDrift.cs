using static TorchSharp.torch;

namespace Golgi.Ascent.Drifts;

/// <summary>Another drift over its mean magnitude in each picture, so that weights are ratios of terms.</summary>
/// <param name="inner">The drift that is scaled.</param>
public sealed class UnitDrift(Drift inner) : Drift
{
    /// <inheritdoc/>
    public override string Name => inner.Name;

    /// <inheritdoc/>
    public override Tensor At(DriftStep step)
    {
        var term = inner.At(step);
        var size = term.abs().flatten(1).mean([1]).clamp_min(float.Epsilon);
        return term / size.view([-1, .. Enumerable.Repeat(1L, (int)term.dim() - 1)]);
    }
}
