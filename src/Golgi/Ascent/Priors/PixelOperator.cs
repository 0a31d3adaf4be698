using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>A change of the pixels after each step, not always the gradient of an energy: x ← r(x + step).</summary>
/// <remarks>Yosinski et al. 2015.</remarks>
public abstract class PixelOperator
{
    /// <summary>What it is called among priors: of two with one name the later replaces the earlier.</summary>
    public abstract string Name { get; }

    /// <summary>Changes the pixels.</summary>
    /// <param name="x">Raw pixels less the mean picture, [N, C, H, W]; not recorded by autograd.</param>
    /// <param name="step">Which step this is, and its gradient.</param>
    /// <returns>The new pixels, the same shape; may be <paramref name="x"/> itself.</returns>
    public abstract Tensor Apply(Tensor x, OperatorStep step);

    /// <summary>The operator in words.</summary>
    public abstract override string ToString();
}
