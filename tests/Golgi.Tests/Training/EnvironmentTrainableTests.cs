using Golgi.Tests.Contracts;
using Golgi.Training;

namespace Golgi.Tests.Training;

/// <summary>The contract holds for what learns in an environment.</summary>
public sealed class EnvironmentTrainableTests : TrainableContract
{
    protected override IReadOnlyList<LearningPlan> Plans => [new() { Steps = 12, Seed = 3, Optimizer = new() { LearningRate = 0.1 } }];

    protected override Trainable Create() => new LeverTrainable();
}
