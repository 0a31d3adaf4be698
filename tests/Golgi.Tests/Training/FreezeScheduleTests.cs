using Golgi.Tests.Support;
using Golgi.Training;
using Golgi.Training.Optimizers;
using Golgi.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training;

/// <summary>Freezing from the bottom up.</summary>
public sealed class FreezeScheduleTests
{
    [Fact]
    public void Frozen_layers_keep_their_weights_to_the_bit_and_get_no_gradient()
    {
        using var network = TinyNetworks.Convolutional();
        using var weights = new WeightVector(network);
        using var method = new Direct(weights);
        using var optimizer = new Adam(method.Coordinates, method.Gradient, new AdamOptions { LearningRate = 0.1, WeightDecay = 0.1 });
        var schedule = new FreezeSchedule(weights, optimizer, 10);
        Assert.Equal(2, schedule.Layers); // the convolution with its normalization, the dense layer
        long boundary = weights.Segments.Where(segment => !segment.Name.StartsWith("fc", StringComparison.Ordinal)).Sum(segment => segment.Length);
        for (int step = 0; step < 10; step++)
        {
            using var scope = NewDisposeScope();
            schedule.Apply(step);
            var before = weights.Values.clone();
            var statistics = network.named_buffers().First(buffer => buffer.name == "bn.running_mean").buffer.clone();
            weights.ZeroGradient();
            TinyNetworks.Loss(network, 8, 1, 4, 4).backward();
            optimizer.Step();
            bool frozen = step >= 5;
            Assert.Equal(frozen, before.narrow(0, 0, boundary).Equals(weights.Values.narrow(0, 0, boundary)));
            Assert.False(before.narrow(0, boundary, weights.Count - boundary).Equals(weights.Values.narrow(0, boundary, weights.Count - boundary)));
            Assert.Equal(frozen, statistics.Equals(network.named_buffers().First(buffer => buffer.name == "bn.running_mean").buffer));
            Assert.Equal(frozen, weights.Gradient.narrow(0, 0, boundary).abs().max().item<double>() == 0);
        }

        schedule.Release();
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad));
    }
}
