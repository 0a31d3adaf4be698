using Golgi.Inspection;
using Golgi.Inspection.Probes;
using Golgi.Inspection.Statistics;
using Golgi.Networks.Taps;
using Golgi.Tests.Support;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Inspection.Statistics;

public sealed class ActivationStatisticsTests
{
    private const long Count = 130; // three batches of 50, the last one short

    [Fact]
    public void Streamed_moments_equal_those_of_all_activations_at_once()
    {
        using var scope = NewDisposeScope();
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(Count, [1, 20, 20], 3);
        string[] layers = ["conv1", "relu2", "relu3"];
        var found = ActivationStatistics.Measure(specimen, examples, layers, new PassOptions { Batch = 50 });

        using var tap = new ActivationTap(specimen.Network, layers);
        using (no_grad()) tap.Run(specimen.Preprocessing.Apply(examples.Inputs));
        foreach (var (layer, statistics) in layers.Zip(found))
        {
            long units = tap[layer].shape[1];
            var vectors = tap[layer].to(ScalarType.Float64).reshape(Count, units, -1).permute(0, 2, 1).reshape(-1, units); // [samples, units]
            var covariance = (vectors - vectors.mean([0])).t().mm(vectors - vectors.mean([0])) / vectors.shape[0];
            Assert.Equal(vectors.shape[0], statistics.Samples);
            Assert.Equal(vectors.eq(0).to(ScalarType.Float64).mean().item<double>(), statistics.Sparsity, 12);
            Near.Equal(vectors.mean([0]), tensor([.. statistics.Means]), Near.Algebra);
            Near.Equal(covariance.diagonal().sqrt(), tensor([.. statistics.Deviations]), Near.Algebra);
            Near.Equal(vectors.gt(0).to(ScalarType.Float64).mean([0]), tensor([.. statistics.ActiveShare]), Near.Algebra);
            Near.Equal(linalg.eigvalsh(covariance).flip(0).clamp_min(0), tensor([.. statistics.Rank!.Variances]), Near.Algebra);
        }
    }

    [Fact]
    public void A_cloud_in_three_of_eight_dimensions_has_rank_three_and_equal_axes_give_the_whole_effective_rank()
    {
        using var scope = NewDisposeScope();
        var network = nn.Sequential(("fc1", nn.Linear(3, 8)), ("relu1", nn.ReLU()));
        using (no_grad())
        {
            network.get_parameter("fc1.weight")!.zero_();
            for (int i = 0; i < 3; i++) network.get_parameter("fc1.weight")![i, i].fill_(1);
        }

        // The corners of a cube: three axes with the same variance, by hand 1/4 of 255² before scaling.
        var corners = tensor(Enumerable.Range(0, 24).Select(i => (byte)((i / 3 >> (i % 3) & 1) * 255)).ToArray(), [8, 3]);
        using var specimen = Specimens.Of(network, [3], 8);
        using var examples = new Golgi.Data.TensorExamples(corners.to(ScalarType.Float32), zeros(8, ScalarType.Int64));
        var rank = ActivationStatistics.Measure(specimen, examples, ["fc1"])[0].Rank!;
        Assert.Equal(3, rank.Numerical);
        Assert.Equal(3, rank.For99Percent);
        Assert.Equal(3, rank.Effective, 6);
        Assert.Equal(3, rank.Participation, 6);
        Assert.Equal(0.25, rank.Variances[0], 6);
    }

    [Fact]
    public void Effective_rank_is_the_exponential_of_the_entropy_of_singular_values()
    {
        using var scope = NewDisposeScope();
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(Count, [1, 20, 20], 3);
        var rank = ActivationStatistics.Measure(specimen, examples, ["relu4"])[0].Rank!;

        using var tap = new ActivationTap(specimen.Network, ["relu4"]);
        using (no_grad()) tap.Run(specimen.Preprocessing.Apply(examples.Inputs));
        var x = tap["relu4"].to(ScalarType.Float64);
        var singular = linalg.svdvals(x - x.mean([0]));
        var share = singular / singular.sum();
        share = share[share > 1e-12];
        Assert.Equal((-(share * share.log()).sum()).exp().item<double>(), rank.Effective, 5);
        Assert.Equal(linalg.matrix_rank(tap["relu4"] - tap["relu4"].mean([0])).item<long>(), rank.Numerical);
    }

    [Fact]
    public void Units_that_never_change_are_dead_and_only_those()
    {
        using var scope = NewDisposeScope();
        using var specimen = Specimens.LeNet();
        using (no_grad())
        {
            specimen.Network.get_parameter("conv1.bias")!.fill_(5).index_fill_(0, tensor([1L, 4L]), -1000);
        }

        using var examples = Specimens.Random(Count, [1, 20, 20], 3);
        var statistics = ActivationStatistics.Measure(specimen, examples, ["relu1"])[0];
        Assert.Equal([1L, 4L], statistics.DeadUnits);
        Assert.Equal(0, statistics.ActiveShare[4]);
        Assert.True(statistics.Sparsity >= 2 / 6.0);
    }

    [Fact]
    public void The_number_of_live_tensors_stays_flat()
    {
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(60, [1, 20, 20], 3);
        ActivationStatistics.Measure(specimen, examples, ["relu1", "relu3"]);
        TopExamples.Find(specimen, examples, ["relu1"], 3);
        LinearProbe.Measure(specimen, examples, examples, ["relu3"]);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        ActivationStatistics.Measure(specimen, examples, ["relu1", "relu3"]);
        TopExamples.Find(specimen, examples, ["relu1"], 3);
        LinearProbe.Measure(specimen, examples, examples, ["relu3"]);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
