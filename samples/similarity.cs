#:project ../src/Golgi/Golgi.csproj

// Trains two small networks from different seeds on drawn digits and asks which of their layers know the same.
using Golgi.Data;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Opening;

NativeRepairs.Apply();
var recipe = new TrainingRecipe { Data = "strokes:2000", Model = "cnn-small", Steps = 120, Batch = 32, Evaluations = 1 };
string folder = Path.Combine(Path.GetTempPath(), "golgi-samples", "similarity");
using var data = DataCatalog.Open(recipe.Data, recipe.DataOptions());
string[] runs = [.. Enumerable.Range(1, 2).Select(Train)];

using var first = SpecimenSource.Open(runs[0]);
using var second = SpecimenSource.Open(runs[1]);
string[] layers = ["relu1", "relu2", "relu3", "relu4", "fc2"];
foreach (string layer in layers)
{
    using var a = LayerActivations.Record(first, data.Test, [layer])[layer];
    using var b = LayerActivations.Record(second, data.Test, [layer])[layer];
    var found = new Comparer(new ComparisonOptions { Permutations = 20 }).Compare(a, b, new Svcca());
    Console.WriteLine(
        $"{layer}: {found.Value:0.000} ({found.Interval.Low:0.000} to {found.Interval.High:0.000}), unrelated {found.Null.Permutation:0.000}, "
            + $"held out {found.CrossValidated:0.000}");
}

string Train(int seed)
{
    using var job = new TrainJob(recipe with { Seed = seed }, data);
    return new Workspace(folder).Run(job).Folder!;
}
