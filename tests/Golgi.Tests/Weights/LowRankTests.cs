using Golgi.Tests.Contracts;
using Golgi.Tests.Support;
using Golgi.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Weights;

public sealed class LowRankTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) => new LowRank(weights, 2, 1);

    [Fact]
    public void At_first_the_network_is_what_it_was_and_afterwards_kernels_alone_have_moved_by_a_matrix_of_that_rank()
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        var before = weights.Values.clone();
        using var method = new LowRank(weights, 2, 1);
        method.Materialize();
        Near.Exact(before, weights.Values);
        using (no_grad()) method.Coordinates.add_(0.3).mul_(linspace(-1, 1, method.Coordinates.numel(), weights.Values.dtype));
        method.Materialize();
        foreach (var segment in weights.Segments)
        {
            var moved = WeightVector.View(weights.Values - before, segment);
            if (!segment.IsKernel) Assert.Equal(0, moved.abs().max().item<double>());
            else Assert.Equal(Math.Min(2, moved.shape.Min()), linalg.matrix_rank(moved).item<long>());
        }
    }

    [Fact]
    public void A_kernel_of_m_by_n_takes_r_times_m_and_n_numbers_and_no_more_than_its_own_rank()
    {
        Segment[] segments = [new("a", 0, [200, 784]), new("b", 0, [200]), new("c", 0, [10, 200]), new("d", 0, [6, 1, 5, 5])];
        Assert.Equal(984 + 210 + 31, LowRank.CoordinateCount(segments, 1));
        Assert.Equal((20 * 984) + (10 * 210) + (6 * 31), LowRank.CoordinateCount(segments, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => LowRank.CoordinateCount(segments, 0));
    }
}
