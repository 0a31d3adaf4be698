using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>Scales the difference from the mean picture to a fixed root mean square.</summary>
/// <remarks>Erhan et al. 2009: the search stays on a sphere |x| = ρ.</remarks>
/// <param name="level">Root mean square, raw units, above 0.</param>
public sealed class FixedNorm(double level) : PixelOperator
{
    private readonly double level = Check.Positive(level);

    /// <inheritdoc/>
    public override string Name => "fixed-norm";

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, OperatorStep step)
    {
        ArgumentNullException.ThrowIfNull(x);
        var size = x.square().mean([1, 2, 3], keepdim: true).sqrt();
        return x * (level / size.clamp_min(float.Epsilon));
    }

    /// <inheritdoc/>
    public override string ToString() => $"norm {level}";
}
