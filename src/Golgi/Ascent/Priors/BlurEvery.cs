using Golgi.Foundation;
using Golgi.Imaging;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>A Gaussian blur in every k-th step, the first included; all channels.</summary>
/// <remarks>Yosinski et al. 2015, whose code blurs three channels only. May narrow over the phase, as in Øygard
/// 2015.</remarks>
public sealed class BlurEvery : PixelOperator
{
    private readonly double sigma, last;
    private readonly int every;

    /// <summary>States the blur.</summary>
    /// <param name="sigma">Standard deviation in the first step, in pixels.</param>
    /// <param name="every">k.</param>
    /// <param name="last">Standard deviation in the phase's last step; null: the same.</param>
    public BlurEvery(double sigma, int every = 1, double? last = null)
    {
        this.sigma = Check.Positive(sigma);
        this.every = Check.Positive(every);
        this.last = Check.Positive(last ?? sigma, nameof(last));
    }

    /// <inheritdoc/>
    public override string Name => "blur";

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, OperatorStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Index % every == 0 ? Gaussian.Blur(x, sigma + ((last - sigma) * step.Fraction)) : x;
    }

    /// <inheritdoc/>
    public override string ToString() => $"blur {sigma} every {every}";
}
