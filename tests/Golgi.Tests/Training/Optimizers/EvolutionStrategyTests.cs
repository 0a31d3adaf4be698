using Golgi.Tests.Support;
using Golgi.Training.Optimizers;
using Golgi.Weights;
using Golgi.Weights.Projections;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training.Optimizers;

public sealed class EvolutionStrategyTests
{
    [Fact]
    public void It_learns_in_a_subspace_without_gradients_and_repeats()
    {
        double[] first = Losses(1), again = Losses(1), other = Losses(2);
        Assert.True(first[^1] < 0.6 * first[0], $"{first[0]} -> {first[^1]}");
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Ranks_are_centered_and_shared_by_equals()
    {
        Assert.Equal([0.5, -0.5, 0], EvolutionStrategy.CenteredRanks([9, 1, 3]));
        Assert.Equal([0, 0, 0], EvolutionStrategy.CenteredRanks([2, 2, 2]));
        Assert.Equal([0.5, -0.25, -0.25], EvolutionStrategy.CenteredRanks([double.PositiveInfinity, 2, 2]));
    }

    private static double[] Losses(ulong seed)
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = new Subspace(weights, new GroupingProjection(weights.Count, 15, 1));
        double Loss()
        {
            using var scope = NewDisposeScope();
            return TinyNetworks.Loss(network, 12, 6).item<double>();
        }

        return [.. EvolutionStrategy.Minimize(method, Loss, new EvolutionOptions { Generations = 120, Pairs = 10, Seed = seed, LearningRate = 0.1 })];
    }
}
