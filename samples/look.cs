#:project ../src/Golgi/Golgi.csproj

// Opens your own module: which of its units are dead, how many dimensions its layers fill, what excites a unit.
using Golgi.Data;
using Golgi.Inspection;
using Golgi.Inspection.Statistics;
using Golgi.Native;
using Golgi.Networks;
using Golgi.Numerics.Random;
using static TorchSharp.torch.nn;

NativeRepairs.Apply();
using var data = DataCatalog.Open("strokes:600");
var network = Seeds.Build(seed: 1, () => Sequential(
    ("conv", Conv2d(1, 8, 5)), ("relu", ReLU()), ("pool", MaxPool2d(4)), ("flat", Flatten()), ("out", Linear(8 * 36, 10))));
using var specimen = new Specimen("mine", network, data.InputShape, data.Preprocessing, data.ClassNames);

foreach (var layer in ActivationStatistics.Measure(specimen, data.Train, ["relu", "out"]))
{
    Console.WriteLine(
        $"{layer.Layer}: {layer.Units} units, {layer.DeadUnits.Count} dead, {layer.Sparsity:P0} zeros, rank {layer.Rank!.Effective:0.0}");
}

var best = TopExamples.Find(specimen, data.Train, ["relu"], count: 1)[0].Best[0];
Console.WriteLine($"unit 0 of relu likes example {best.Example}, at row {best.Place[0]}, column {best.Place[1]}");
