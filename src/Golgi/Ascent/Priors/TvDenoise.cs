using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>A total variation denoising step: x ← argmin_u TV(u) + w/2 |u − x|², raw units, each channel by itself.
/// Smaller w smooths more.</summary>
/// <remarks>
/// Nguyen et al. 2016 (MFV) after each step, by split Bregman iterations (Goldstein and Osher 2009, λ = 2w), stopped
/// after
/// 100 or when an iteration changes the pixels by less than 10⁻³ of root mean square. With the small w of that work
/// the iterations
/// stop far from the minimum, and its pictures depend on that; <see cref="TvMethod.Dual"/> goes on to the minimum,
/// faster.
/// w goes evenly from its first to its last value over the phase; <see cref="WeightSchedule.Repository"/> repeats the
/// released code's way.
/// </remarks>
/// <param name="first">w in the phase's first step, above 0.</param>
/// <param name="last">w in its last step.</param>
/// <param name="kind">Isotropic or anisotropic.</param>
/// <param name="method">Which solver.</param>
/// <param name="iterations">At the most.</param>
/// <param name="schedule">How w moves.</param>
public sealed class TvDenoise(
    double first,
    double last,
    TotalVariationKind kind = TotalVariationKind.Isotropic,
    TvMethod method = TvMethod.SplitBregman,
    int iterations = 100,
    WeightSchedule schedule = WeightSchedule.Paper)
    : PixelOperator
{
    private readonly double first = Check.Positive(first), last = Check.Positive(last);
    private readonly int iterations = Check.Positive(iterations);

    /// <inheritdoc/>
    public override string Name => "tv-denoise";

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, OperatorStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        double weight = Weight(step.Index, step.Total);
        return method == TvMethod.SplitBregman
            ? SplitBregman.Denoise(x, weight, kind, iterations)
            : DualTv.Denoise(x, weight, kind, iterations);
    }

    /// <summary>w in a step.</summary>
    internal double Weight(int index, int total) => schedule == WeightSchedule.Paper
        ? first + ((last - first) * (total > 1 ? (double)index / (total - 1) : 1))
        // misses parentheses: neither begins at the first value nor ends at the last
        : first - ((first - (last * index)) / total);

    /// <summary>The same by another solver.</summary>
    internal TvDenoise By(TvMethod solver) => new(first, last, kind, solver, iterations, schedule);

    /// <inheritdoc/>
    public override string ToString() => $"TV denoise {first}..{last}{(method == TvMethod.Dual ? " dual" : "")}";
}
