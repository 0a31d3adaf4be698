#:project ../src/Golgi/Golgi.csproj

// Looks for a lottery ticket in a module of one's own, with a criterion of one's own, removes what it leaves dead, and learns a mask
// over the module's untrained weights.
using Golgi.Data;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Search;
using Golgi.Instruments.Tickets.Shrinking;
using Golgi.Instruments.Tickets.Supermasks;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Training.Optimizers;
using static TorchSharp.torch;

NativeRepairs.Apply();
using var data = DataCatalog.Open("strokes:3000");
var blueprint = Blueprint.Of("my-perceptron", data, () => nn.Sequential(
    ("flatten", nn.Flatten()), ("hidden", nn.Linear(784, 60)), ("relu", nn.ReLU()), ("output", nn.Linear(60, 10))));
var recipe = blueprint.Recipe with { Steps = 300 };
var runs = new Workspace(Path.Combine(Path.GetTempPath(), "golgi-samples"));

var options = new TicketOptions
{
    Recipe = recipe,
    Rounds = 2,
    Rates = new PruningRates { Rate = 0.7 },
    Criterion = MaskCriterion.Of("growth-times-size", (initial, final) => (final.abs() - initial.abs()) * final.abs()),
};
var found = runs.Run(new FindTicketsJob(blueprint, options, seeds: [1, 2])).Result;
foreach (var level in found.Levels)
{
    string control = level.Controls.TryGetValue("random", out var random) ? $", a random mask {random.Mean:P1}" : "";
    Console.WriteLine($"{level.Remaining,7:P1} of the weights: {level.Accuracy.Mean:P1}{control}");
}

string ticket = found.Levels[^1].Replicates[0].TicketIn(runs.Folder);
using var network = blueprint.Build(1);
TicketFile.Apply(ticket, network).Dispose();
using var shrunk = Shrinker.Shrink(network, data.InputShape);
Console.WriteLine(
    $"without dead units: {shrunk.ParametersAfter} of {shrunk.ParametersBefore} weights and biases, {shrunk.Layers[0].After} of "
        + $"{shrunk.Layers[0].Before} hidden units");

var learned = runs.Run(new MaskLearningJob(
    blueprint, new MaskLearningOptions { Recipe = recipe with { Optimizer = new OptimizerChoice { LearningRate = 0.05 } } }, seed: 1)).Result;
Console.WriteLine($"untrained {learned.Untrained:P1}; under a learned mask {learned.Rounded:P1}, with {learned.Remaining:P0} of the weights");
