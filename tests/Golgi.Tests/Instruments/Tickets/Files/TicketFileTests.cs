using Golgi.Data;
using Golgi.Instruments.Tickets.Actions;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Supermasks;
using Golgi.Instruments.Tickets.Use;
using Golgi.Jobs;
using Golgi.Opening;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Golgi.Training.Optimizers;
using Golgi.Weights.Masks;
using Golgi.Weights;
using Xunit;

namespace Golgi.Tests.Instruments.Tickets.Files;

[Collection(TorchState.Name)]
public sealed class TicketFileTests
{
    [Theory]
    [InlineData(MaskLearner.Bernoulli, TicketWeights.SignedConstant)]
    [InlineData(MaskLearner.Rounded, TicketWeights.Initial)]
    [InlineData(MaskLearner.EdgePopup, TicketWeights.Initial)]
    [InlineData(MaskLearner.Signed, TicketWeights.SignedConstant)]
    public void A_learned_mask_is_a_seed_and_bits_that_give_its_accuracy_again(MaskLearner learner, TicketWeights under)
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = new MaskLearningOptions
        {
            Learner = learner,
            Weights = under,
            Samples = 2,
            Recipe = new TrainingRecipe
            {
                Data = "strokes",
                Model = SmallBlueprint.Model,
                Steps = 30,
                Batch = 50,
                Evaluations = 1,
                Optimizer = new OptimizerChoice { LearningRate = 0.05 },
            },
        };
        var found = SmallBlueprint.Run(new MaskLearningJob(SmallBlueprint.Of(data), options, 3), scratch.Folder);
        var applied = SmallBlueprint.Apply(found.TicketIn(scratch.Folder), data);
        Assert.Equal(found.Rounded, applied.Accuracy);
        Assert.Equal(found.Remaining, applied.Remaining);
        Assert.True(applied.FileBytes < (found.MaskBytes * (learner == MaskLearner.Signed ? 2 : 1)) + 2000);
        var again = SmallBlueprint.Run(new MaskLearningJob(SmallBlueprint.Of(data), options, 3), scratch.Folder);
        Assert.Equal(found with { SampledValues = [], Layers = [] }, again with { SampledValues = [], Layers = [] });
    }

    [Fact]
    public void A_trained_ticket_gives_its_accuracy_again_and_shrinks_to_the_same_outputs()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = SmallBlueprint.Options(20, rounds: 1) with { Controls = [], Rates = new PruningRates { Rate = 0.99 } };
        var level = SmallBlueprint.Find(SmallBlueprint.Of(data), options, [1], scratch.Folder).Levels[1].Replicates[0];
        Assert.Equal(level.FinalAccuracy, SmallBlueprint.Apply(level.TicketIn(scratch.Folder), data).Accuracy);

        using var specimen = TicketSpecimen.Open(level.TicketIn(scratch.Folder), new SpecimenOptions { Data = "strokes:600" });
        var shrunk = SmallBlueprint.Run(new ShrinkJob(specimen), scratch.Folder);
        Assert.Equal(shrunk.AccuracyBefore, shrunk.AccuracyAfter);
        Assert.True(shrunk.ParametersAfter < shrunk.ParametersBefore);
        Assert.True(shrunk.Agrees, $"{shrunk.LargestDifference} of {shrunk.LargestOutput}");
    }

    [Theory]
    [InlineData("freeze")]
    [InlineData("variant-1")]
    public void Frozen_weights_are_in_the_ticket_too(string maskZero)
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = SmallBlueprint.Options(20, rounds: 1) with
        {
            Controls = [],
            MaskZero = MaskZero.Find(maskZero),
            Rates = new PruningRates { Rate = 0.9 },
        };
        var level = SmallBlueprint.Find(SmallBlueprint.Of(data), options, [1], scratch.Folder).Levels[1].Replicates[0];
        Assert.Equal(level.FinalAccuracy, SmallBlueprint.Apply(level.TicketIn(scratch.Folder), data).Accuracy);
    }

    [Fact]
    public void A_ticket_of_another_network_or_of_other_first_weights_is_refused()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var blueprint = SmallBlueprint.Of(data);
        using var network = blueprint.Build(1);
        using (var weights = new WeightVector(network))
        using (var mask = new Mask(weights))
        {
            TicketFile.Write(scratch["t.safetensors"], weights, mask, weights.Values, Lineage(data));
        }

        using var other = Blueprint.Of("fc-784-12-10", data).Build(1);
        Assert.Throws<InvalidDataException>(() => TicketFile.Apply(scratch["t.safetensors"], other));
        using var reseeded = blueprint.Build(2);
        var error = Assert.Throws<InvalidDataException>(() => TicketFile.Apply(scratch["t.safetensors"], reseeded));
        Assert.Contains("seed 1", error.Message, StringComparison.Ordinal);
        TicketFile.Apply(scratch["t.safetensors"], network).Dispose();
    }

    private static TicketLineage Lineage(DataSet data) => new()
    {
        Model = SmallBlueprint.Model,
        InputShape = data.InputShape,
        Classes = 10,
        Seed = 1,
        Weights = TicketWeights.Initial,
        Criterion = "none",
    };
}
