using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>A blur that keeps edges: neighbors count by their distance and by how near their color is.</summary>
/// <remarks>Tomasi and Manduchi 1998. Weight exp(−d² / 2σ_s² − |Δcolor|² / 2σ_r²) over a square of radius ⌈2 σ_s⌉,
/// around the border.</remarks>
/// <param name="space">σ_s in pixels.</param>
/// <param name="color">σ_r in raw units.</param>
/// <param name="every">In every k-th step.</param>
public sealed class BilateralFilter(double space, double color, int every = 1) : PixelOperator
{
    private readonly double space = Check.Positive(space), color = Check.Positive(color);
    private readonly int every = Check.Positive(every);

    /// <inheritdoc/>
    public override string Name => "bilateral";

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, OperatorStep step)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(step);
        if (step.Index % every != 0) return x;
        int radius = (int)Math.Ceiling(2 * space);
        using var scope = NewDisposeScope();
        var sum = zeros_like(x);
        var total = zeros_like(x.narrow(1, 0, 1));
        for (int dy = -radius; dy <= radius; dy++)
        {
            for (int dx = -radius; dx <= radius; dx++)
            {
                using var inner = NewDisposeScope();
                var neighbor = x.roll([dy, dx], [2L, 3L]);
                double near = ((dx * dx) + (dy * dy)) / (2 * space * space);
                var weight = (-(neighbor - x).square().sum(1, keepdim: true) / (2 * color * color) - near).exp_();
                sum.add_(weight * neighbor);
                total.add_(weight);
            }
        }

        return (sum / total).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => $"bilateral {space} {color}";
}
