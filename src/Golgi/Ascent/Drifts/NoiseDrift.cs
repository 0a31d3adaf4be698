using static TorchSharp.torch;

namespace Golgi.Ascent.Drifts;

/// <summary>N(0, 1) in each coordinate, so that its weight is a standard deviation.</summary>
public sealed class NoiseDrift : Drift
{
    /// <inheritdoc/>
    public override string Name => "noise";

    /// <inheritdoc/>
    public override Tensor At(DriftStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Noise();
    }
}
