using Golgi.Foundation;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;

namespace Golgi.Training;

/// <summary>How weights are trained, whatever it is that they learn.</summary>
public sealed record LearningPlan
{
    /// <summary>Steps in all, over which the schedule runs; the learner itself may be stopped earlier.</summary>
    public required long Steps { get => field; init => field = Check.Positive(value, nameof(Steps)); }

    /// <summary>What changes the coordinates, and the learning rate at the start. Default: Adam.</summary>
    public OptimizerChoice Optimizer { get; init; } = new();

    /// <summary>Learning rate over time, as a factor on the optimizer's. Default: constant.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Trains without gradients instead, by this strategy: a step is a generation, and number of generations, rate, schedule and seed
    /// are the plan's. Null: the way that is usual for what is learned.</summary>
    public EvolutionOptions? Evolution { get; init; }

    /// <summary>Names the order of examples, the noise, the episodes. The same seed gives the same weights.</summary>
    public ulong Seed { get; init; }

    /// <summary>Called before each step with its number; null: nothing is.</summary>
    public Action<long>? BeforeStep { get; init; }
}
