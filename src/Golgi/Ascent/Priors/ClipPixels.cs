using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>Sets to the mean the pixels that lie strictly below a percentile of their picture.</summary>
/// <remarks>Yosinski et al. 2015. Contributions use the gradient from before the step, though x is already stepped. The
/// signed kind removes what takes away most.</remarks>
/// <param name="kind">By what.</param>
/// <param name="percentile">0 to 100; 0 does nothing.</param>
public sealed class ClipPixels(ClipKind kind, double percentile) : PixelOperator
{
    private readonly double percentile = Check.InRange(percentile, 0, 100);

    /// <summary>By what.</summary>
    public ClipKind Kind { get; } = kind;

    /// <inheritdoc/>
    public override string Name => Kind switch
    {
        ClipKind.Value => "clip-value",
        ClipKind.Norm => "clip-norm",
        ClipKind.Contribution => "clip-contribution",
        _ => "clip-signed-contribution",
    };

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, OperatorStep step)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(step);
        if (percentile == 0) return x;
        var measure = Kind switch
        {
            ClipKind.Value => x.abs(),
            ClipKind.Norm => x.square().sum(1, keepdim: true).sqrt(),
            ClipKind.Contribution => (x * step.Gradient).sum(1, keepdim: true).abs(),
            _ => (x * step.Gradient).sum(1, keepdim: true),
        };
        var flat = measure.flatten(1);
        var limit = quantile(flat, tensor(percentile / 100, flat.dtype), 1, keepdim: false).view(-1, 1, 1, 1);
        return x * measure.ge(limit).to(x.dtype);
    }

    /// <inheritdoc/>
    public override string ToString() => $"clip {Kind} below {percentile} %";
}
