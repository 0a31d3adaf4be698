using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>x ← (1 − λ) x, towards the mean picture: a step of size λ against ½ |x|².</summary>
/// <param name="share">λ, 0 to 1.</param>
public sealed class Decay(double share) : PixelOperator
{
    private readonly double share = Check.Fraction(share);

    /// <inheritdoc/>
    public override string Name => "decay";

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, OperatorStep step) => x * (1 - share);

    /// <inheritdoc/>
    public override string ToString() => $"decay {share}";
}
