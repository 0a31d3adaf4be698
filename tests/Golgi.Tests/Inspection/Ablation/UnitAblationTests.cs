using Golgi.Inspection.Ablation;
using Golgi.Inspection;
using Golgi.Networks.Taps;
using Golgi.Training.Tasks;
using Golgi.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Inspection.Ablation;

public sealed class UnitAblationTests
{
    [Fact]
    public void A_silenced_unit_costs_what_its_zeroed_outgoing_weights_cost()
    {
        using var scope = NewDisposeScope();
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(70, [1, 20, 20], 3);
        var found = UnitAblation.Measure(specimen, examples, "relu4", options: new PassOptions { Batch = 30 });
        var whole = Evaluator.Evaluate(new Classification(), specimen.Network, examples, specimen.Preprocessing);
        Assert.Equal(whole.Share, found.Whole.Share);
        Assert.Equal(whole.Loss, found.Whole.Loss, 1e-6);
        Assert.Equal(Enumerable.Range(0, 84), found.Units.Select(effect => effect.Unit));

        var outgoing = specimen.Network.get_parameter("fc3.weight")!; // what follows relu4
        foreach (int unit in (int[])[0, 17, 83])
        {
            using var own = outgoing.detach().clone();
            using (no_grad()) outgoing.select(1, unit).zero_();
            var without = Evaluator.Evaluate(new Classification(), specimen.Network, examples, specimen.Preprocessing);
            using (no_grad()) outgoing.copy_(own);
            Assert.Equal(without.Share, found.Units[unit].Without.Share);
            Assert.Equal(without.Loss - whole.Loss, found.Units[unit].LossIncrease, 1e-6);
        }
    }

    [Fact]
    public void Channels_of_a_map_are_silenced_at_every_place_and_only_as_many_as_asked_for()
    {
        using var scope = NewDisposeScope();
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(40, [1, 20, 20], 3);
        var found = UnitAblation.Measure(specimen, examples, "relu1", most: 4);
        Assert.Equal([0, 1, 2, 3], found.Units.Select(effect => effect.Unit));
        using var silence = Intervention.Zero(specimen.Network, "relu1", [2]);
        var without = Evaluator.Evaluate(new Classification(), specimen.Network, examples, specimen.Preprocessing);
        Assert.Equal(without.Loss, found.Whole.Loss + found.Units[2].LossIncrease, 1e-6);
    }

    [Fact]
    public void The_network_is_whole_afterwards_and_no_tensor_is_left()
    {
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(40, [1, 20, 20], 3);
        var before = Evaluator.Evaluate(new Classification(), specimen.Network, examples, specimen.Preprocessing);
        UnitAblation.Measure(specimen, examples, "relu3", most: 3);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        UnitAblation.Measure(specimen, examples, "relu3", most: 3);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(before, Evaluator.Evaluate(new Classification(), specimen.Network, examples, specimen.Preprocessing));
        Assert.Throws<ArgumentException>(() => UnitAblation.Measure(specimen, examples, "relu9"));
    }
}
