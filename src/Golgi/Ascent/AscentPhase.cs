using Golgi.Ascent.Canvases;
using Golgi.Ascent.Drifts;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Steps;
using Golgi.Ascent.Transforms;
using Golgi.Foundation;

namespace Golgi.Ascent;

/// <summary>A stretch of steps of one kind. Several make a multi-resolution schedule: the canvas grows between
/// them.</summary>
public sealed record AscentPhase
{
    /// <summary>Steps. Default 512.</summary>
    public int Steps { get => field; init => field = Check.Positive(value, nameof(Steps)); } = 512;

    /// <summary>What the coordinates are drawn by, each with its weight ε, 0 or more, and each under a name of its own; the sizes of all terms
    /// are logged. Default, empty: the gradient of the objective alone.</summary>
    public IReadOnlyList<(double Weight, Drift Drift)> Drifts { get => field; init => field = Checked(value); } = [];

    /// <summary>How the sum of the drifts becomes a step. Default: Adam of rate 0.05.</summary>
    public StepRule Rule { get; init; } = new AdamStep(0.05);

    /// <summary>What a picture must survive. Default: nothing.</summary>
    public Transform Transform { get; init; } = TransformChain.None;

    /// <summary>Changes of the pixels after each step, in order; for a <see cref="RawCanvas"/> only.</summary>
    public IReadOnlyList<PixelOperator> Operators { get; init; } = [];

    /// <summary>Enlarges the canvas before the phase; for a <see cref="RawCanvas"/> only. Default 1.</summary>
    public double Enlarge { get => field; init => field = Check.Positive(value, nameof(Enlarge)); } = 1;

    /// <summary>Where the canvas is larger than the window: the standard deviation of the window's place, as a share
    /// of the room.</summary>
    public double Spread { get => field; init => field = Check.NotNegative(value, nameof(Spread)); } = 0.3;

    /// <summary>A share of the window's side, along each border, where the gradient is set to zero. Default
    /// 0.</summary>
    public double Margin { get => field; init => field = Check.InRange(value, 0, 0.49, nameof(Margin)); }

    /// <summary>Another objective for this phase; null: the plan's.</summary>
    public Objective? Objective { get; init; }

    private static IReadOnlyList<(double Weight, Drift Drift)> Checked(IReadOnlyList<(double Weight, Drift Drift)> drifts)
    {
        ArgumentNullException.ThrowIfNull(drifts);
        foreach (var (weight, _) in drifts) Check.NotNegative(weight, nameof(Drifts));
        var twice = drifts.GroupBy(entry => entry.Drift.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is null) return drifts;
        throw new ArgumentException(
            $"{twice.Count()} drifts are called '{twice.Key}'; each needs a name of its own, under which it is logged.", nameof(drifts));
    }
}
