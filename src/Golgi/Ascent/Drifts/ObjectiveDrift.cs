using static TorchSharp.torch;

namespace Golgi.Ascent.Drifts;

/// <summary>The gradient of the objective that is climbed: in the probabilistic form ∂log p(y|x), the condition.</summary>
public sealed class ObjectiveDrift : Drift
{
    /// <inheritdoc/>
    public override string Name => "condition";

    /// <inheritdoc/>
    public override Tensor At(DriftStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Gradient;
    }
}
