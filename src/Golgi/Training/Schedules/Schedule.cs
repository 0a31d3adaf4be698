using Golgi.Foundation;

namespace Golgi.Training.Schedules;

/// <summary>How the learning rate changes over a training run: a factor on the initial rate as a function of the step.</summary>
public sealed record Schedule
{
    /// <summary>The same rate throughout.</summary>
    public static Schedule Constant { get; } = new();

    /// <summary>Half a cosine, to 0 at the end.</summary>
    public static Schedule Cosine { get; } = new() { Kind = ScheduleKind.Find("cosine") };

    /// <summary>A straight line to 0 at the end.</summary>
    public static Schedule Linear { get; } = new() { Kind = ScheduleKind.Find("linear") };

    /// <summary>Its shape. Default: constant.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Find("constant");

    /// <summary>Share of all steps over which the rate first rises linearly from 0. Default 0.</summary>
    public double Warmup { get => field; init => field = Check.Fraction(value, nameof(Warmup)); }

    /// <summary>Factor at each milestone of <c>step</c>. Default 0.1.</summary>
    public double Factor { get => field; init => field = Check.Positive(value, nameof(Factor)); } = 0.1;

    /// <summary>Milestones of <c>step</c> as shares of all steps. Default: a half and three quarters (He et al. 2016 on CIFAR-10).</summary>
    public IReadOnlyList<double> Milestones { get; init; } = [0.5, 0.75];

    /// <summary>The factor on the initial rate at a step.</summary>
    /// <param name="step">0 up to <paramref name="total"/>.</param>
    /// <param name="total">Steps in all.</param>
    public double At(long step, long total)
    {
        double done = (double)step / Math.Max(1, total);
        if (done < Warmup) return (step + 1) / (Warmup * total);
        double rest = Warmup < 1 ? (done - Warmup) / (1 - Warmup) : 1;
        return Kind.Factor(done, rest, this);
    }
}
