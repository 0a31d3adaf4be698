using Golgi.Instruments.Tickets.Criteria;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Golgi.Weights;
using Golgi.Weights.Masks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Tickets.Criteria;

[Collection(TorchState.Name)]
public sealed class PruningRatesTests
{
    // Zhou et al. 2019: kept fractions after k rounds, by arithmetic from their table of rates.
    [Theory]
    [InlineData("lenet-300-100", 1, 0.8004)]
    [InlineData("lenet-300-100", 5, 0.3287)]
    [InlineData("lenet-300-100", 10, 0.1083)]
    [InlineData("lenet-300-100", 15, 0.0358)]
    [InlineData("lenet-300-100", 24, 0.0050)]
    [InlineData("conv2", 1, 0.8010)]
    [InlineData("conv2", 5, 0.3302)]
    [InlineData("conv4", 5, 0.3561)]
    public void The_paper_s_rates_leave_the_paper_s_fractions(string model, int rounds, double expected)
    {
        using var scope = NewDisposeScope();
        long[] input = model.StartsWith("conv", StringComparison.Ordinal) ? [3, 32, 32] : [1, 28, 28];
        var weights = new WeightVector(ModelCatalog.Build(model, input, 10, null, 1));
        var rates = new PruningRates();
        var mask = new Mask(weights);
        for (int i = 0; i < rounds; i++) mask = rates.Prune(mask, weights.Values, new Philox(1));
        Assert.Equal(expected, mask.Remaining, 0.00006);
    }

    [Fact]
    public void Each_round_removes_the_floor_of_its_share()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(TinyNetworks.Perceptron());
        Assert.Equal([24, 14], new PruningRates().Keep(new Mask(weights)));                     // ⌊6⌋ of 30, ⌊1.5⌋ of 15
        Assert.Equal([24, 12], new PruningRates { Kind = "uniform" }.Keep(new Mask(weights)));
        Assert.Equal([15, 14], new PruningRates { Layers = new Dictionary<string, double> { ["fc1*"] = 0.5 } }.Keep(new Mask(weights)));
    }

    [Fact]
    public void Several_rounds_as_one_leave_as_much()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(ModelCatalog.Build("lenet-300-100", [1, 28, 28], 10, null, 1));
        var once = new PruningRates().Rounds(15).Prune(new Mask(weights), weights.Values, new Philox(1));
        Assert.Equal(0.0358, once.Remaining, 0.0001);
    }

    [Fact]
    public void Erdos_renyi_meets_the_density_and_favors_small_layers()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(ModelCatalog.Build("lenet-300-100", [1, 28, 28], 10, null, 1));
        var mask = new PruningRates { Kind = "erk", Rate = 0.9 }.Prune(new Mask(weights), weights.Values, new Philox(1));
        Assert.Equal(0.1, mask.Remaining, 0.0001);
        double[] densities = [.. mask.Layers.Select((layer, i) => (double)mask.Counts[i] / layer.Length)];
        Assert.True(densities[0] < densities[1] && densities[1] < densities[2] && densities[2] <= 1);
    }

    [Fact]
    public void Global_pruning_takes_the_smallest_wherever_they_are()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(TinyNetworks.Perceptron());
        var scores = weights.Values.clone();
        WeightVector.Window(scores, weights.Segments[2]).add_(100);                             // fc2.weight
        var mask = new PruningRates { Kind = "global", Rate = 0.5 }.Prune(new Mask(weights), scores, new Philox(1));
        Assert.Equal([8, 15], mask.Counts);                                                     // 45 − ⌊22.5⌋ = 23
    }
}
