using Golgi.Data;
using Golgi.Instruments.Tickets.Connectivity;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Search;
using Golgi.Instruments.Tickets.Shrinking;
using Golgi.Instruments.Tickets.Supermasks;
using Golgi.Jobs;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Instruments.Tickets;

/// <summary>Everything that tickets do, on a residual network with batch normalization.</summary>
[Collection(TorchState.Name)]
public sealed class AnyNetworkTests
{
    private const string Model = "resnet20";

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_residual_network_takes_search_supermasks_stability_and_shrinking()
    {
        using var data = DataCatalog.Open("strokes:80", new DataOptions { ValidationCount = 20, TestLimit = 40 });
        using var scratch = new Scratch();
        var blueprint = Blueprint.Of(Model, data);
        var recipe = new TrainingRecipe { Data = "strokes", Model = Model, Steps = 2, Batch = 20, Evaluations = 1 };

        var options =
            new TicketOptions { Recipe = recipe, Rounds = 1, Controls = ["reinit"], Rates = new PruningRates { Kind = "global", Rate = 0.99 } };
        var found = SmallBlueprint.Find(blueprint, options, [1], scratch.Folder);
        Assert.Equal(0.01, found.Levels[1].Remaining, 0.0005);
        Assert.Contains(found.Levels[1].Replicates[0].Layers, layer => layer.Name == "layer3.2.conv2.weight");

        string ticket = found.Levels[1].Replicates[0].TicketIn(scratch.Folder);
        Assert.Equal(found.Levels[1].FinalAccuracy.Mean, SmallBlueprint.Apply(ticket, data).Accuracy);
        using var network = TicketFile.Open(ticket, out var mask);
        mask.Dispose();
        using (var shrunk = Shrinker.Shrink(network, data.InputShape)) Assert.True(shrunk.ParametersAfter < shrunk.ParametersBefore / 2);

        var heuristic = new HeuristicMaskOptions { Recipe = recipe, Powers = [4], Criteria = [MaskCriterion.Find("large-final-same-sign")] };
        MaskLearningOptions[] learners =
            [.. Enum.GetValues<MaskLearner>().Select(learner => new MaskLearningOptions { Learner = learner, Samples = 1, Recipe = recipe })];
        var masks = SmallBlueprint.Run(new SupermaskJob(blueprint, [1], heuristic, learners), scratch.Folder);
        Assert.Equal(2, masks.Heuristic!.Count);
        Assert.Equal(learners.Length, masks.Learned!.Count);
        Assert.All(masks.Learned.Values, learned => Assert.InRange(learned.Remaining.Mean, 0.3, 0.7));

        var stability = SmallBlueprint.Run(new StabilityJob(blueprint, new StabilityOptions { Points = 2, Recipe = recipe }, [1]), scratch.Folder);
        Assert.InRange(stability.Forks[0].Barrier, 0, 1);
    }
}
