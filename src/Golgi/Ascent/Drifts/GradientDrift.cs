using Golgi.Ascent.Objectives;
using static TorchSharp.torch;

namespace Golgi.Ascent.Drifts;

/// <summary>The gradient of an objective beside the one that is climbed; of an energy, take its opposite.</summary>
/// <param name="name">Under what name its size is logged.</param>
/// <param name="objective">What draws upwards. Borrowed.</param>
public sealed class GradientDrift(string name, Objective objective) : Drift
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override Tensor At(DriftStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.GradientOf(objective);
    }
}
