using Golgi.Foundation;
using Golgi.Training.Schedules;

namespace Golgi.Training.Optimizers;

/// <summary>Settings of <see cref="EvolutionStrategy"/>.</summary>
public sealed record EvolutionOptions
{
    /// <summary>Pairs of mirrored candidates in a generation. Default 20.</summary>
    public int Pairs { get => field; init => field = Check.Positive(value, nameof(Pairs)); } = 20;

    /// <summary>σ, standard deviation of the disturbances. Default 0.1.</summary>
    public double Deviation { get => field; init => field = Check.Positive(value, nameof(Deviation)); } = 0.1;

    /// <summary>η of the <see cref="Adam"/> that takes the estimated gradient. Default 0.05.</summary>
    public double LearningRate { get => field; init => field = Check.Positive(value, nameof(LearningRate)); } = 0.05;

    /// <summary>Learning rate over the generations, as a factor on <see cref="LearningRate"/>. Default: constant.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Generations. Default 200.</summary>
    public int Generations { get => field; init => field = Check.Positive(value, nameof(Generations)); } = 200;

    /// <summary>Names the disturbances.</summary>
    public ulong Seed { get; init; }
}
