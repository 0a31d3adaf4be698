using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>Keeps raw pixels between black (0) and white (255).</summary>
public sealed class ClampRange : PixelOperator
{
    /// <inheritdoc/>
    public override string Name => "clamp";

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, OperatorStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return maximum(minimum(x, PictureUnits.White - step.Mean), -step.Mean);
    }

    /// <inheritdoc/>
    public override string ToString() => "clamp 0..255";
}
