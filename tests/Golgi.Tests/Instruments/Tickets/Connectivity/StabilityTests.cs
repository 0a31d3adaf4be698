using Golgi.Foundation;
using Golgi.Instruments.Tickets.Connectivity;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Networks.Catalog;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Tickets.Connectivity;

[Collection(TorchState.Name)]
public sealed class StabilityTests
{
    [Fact]
    public void Trainings_that_never_part_end_at_one_point_and_those_that_do_differ()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = new StabilityOptions { Forks = [0, 30], Points = 3, Recipe = SmallBlueprint.Options(30).Recipe };
        var found = SmallBlueprint.Run(new StabilityJob(SmallBlueprint.Of(data), options, [1]), scratch.Folder).Forks;
        Assert.Equal([0, 30], found.Select(one => one.Fork));
        Assert.True(found[0].SignDisagreement > 0);
        Assert.InRange(found[0].NextMasks.Overlap, found[0].NextMasks.ByChance, 0.999);
        Assert.Equal((0, 0, 1), (found[1].Barrier, found[1].SignDisagreement, found[1].NextMasks.Overlap));
        Assert.Single(found[1].Errors.Distinct());
        Assert.True(found[1].Stable);
    }

    [Fact]
    public void A_look_that_is_cancelled_on_the_line_ends_there_and_goes_on_to_the_same_numbers()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        using var source = new CancellationTokenSource();
        var options = new StabilityOptions { Points = 5, Recipe = SmallBlueprint.Options(10).Recipe };
        long reached = 0;
        var stop = new Listener(now =>
        {
            if (!now.Task.Contains("line", StringComparison.Ordinal)) return;
            reached = now.Done;
            if (reached == 2) source.Cancel();
        });
        IReadOnlyList<ForkStability> Measure(string folder, IProgress<WorkProgress>? progress, CancellationToken cancellation) =>
            SmallBlueprint.Run(new StabilityJob(SmallBlueprint.Of(data), options, [1]), scratch[folder], progress, cancellation).Forks;

        Assert.Throws<OperationCanceledException>(() => Measure("stopped", stop, source.Token));
        Assert.Equal(2, reached);
        Assert.Equal(Measure("whole", null, default)[0].Errors, Measure("stopped", null, default)[0].Errors);
    }

    [Fact]
    public void Every_round_looks_at_the_mask_that_the_one_before_gave()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = new StabilityOptions
        {
            Points = 3,
            Rounds = 2,
            Rates = new PruningRates { Rate = 0.5 },
            Recipe = SmallBlueprint.Options(15).Recipe,
        };
        var found = SmallBlueprint.Run(new StabilityJob(SmallBlueprint.Of(data), options, [1]), scratch.Folder).Forks;
        Assert.Equal([0, 1, 2], found.Select(one => one.Round));
        Assert.Equal([found[0].NextMasks.Remaining, found[1].NextMasks.Remaining], found.Skip(1).Select(one => one.Remaining));
        Assert.InRange(found[2].Remaining, 0.24, 0.27);
        Assert.All(found, one => Assert.Empty(one.Collapsed));
    }

    [Fact]
    public void A_mask_that_leaves_nothing_of_a_layer_is_told()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = new StabilityOptions
        {
            Points = 2,
            Rounds = 1,
            Rates = new PruningRates { Kind = "uniform", Rate = 0, Layers = new Dictionary<string, double> { ["fc2.weight"] = 1 } },
            Recipe = SmallBlueprint.Options(5).Recipe,
        };
        var found = SmallBlueprint.Run(new StabilityJob(SmallBlueprint.Of(data), options, [1]), scratch.Folder).Forks;
        Assert.Equal(["fc2.weight"], found[1].Collapsed);
    }

    [Fact]
    public void Statistics_of_normalization_are_measured_anew_and_forget_what_they_were()
    {
        using var data = SmallBlueprint.Data();
        using var scope = NewDisposeScope();
        using var network = ModelCatalog.Build("resnet20", data.InputShape, 10, null, 1);
        Tensor[] Statistics() => [.. network.named_buffers().Where(entry => entry.name.Contains("running", StringComparison.Ordinal))
            .Select(entry => entry.buffer.clone())];
        StoredStatistics.Measure(network, data, CPU);
        var measured = Statistics();
        foreach (var (_, buffer) in network.named_buffers()) buffer.fill_(7);
        StoredStatistics.Measure(network, data, CPU);
        foreach (var (once, again) in measured.Zip(Statistics())) Near.Equal(once, again, Near.Single);

        // The first layer's mean, from its definition.
        var inputs = data.Preprocessing.Apply(data.Train.Read(arange(data.Train.Count)));
        var first = (nn.Module<Tensor, Tensor>)network.named_children().First().module;
        using var _ = no_grad();
        Near.Equal(first.call(inputs).mean([0L, 2, 3]), measured[0], 1e-4);
        Assert.False(network.training);
    }
}
