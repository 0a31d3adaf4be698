using Golgi.Ascent.Canvases;
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

    /// <summary>How a gradient becomes a step. Default: Adam of rate 0.05.</summary>
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
}
