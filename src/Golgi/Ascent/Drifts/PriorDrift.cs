using static TorchSharp.torch;

namespace Golgi.Ascent.Drifts;

/// <summary>The gradient of the plan's prior, ∂log p(x); zero where the plan states none.</summary>
public sealed class PriorDrift : Drift
{
    /// <inheritdoc/>
    public override string Name => "prior";

    /// <inheritdoc/>
    public override Tensor At(DriftStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Prior is { } prior ? step.GradientOf(prior) : zeros_like(step.Gradient);
    }
}
