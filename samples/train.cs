#:project ../src/Golgi/Golgi.csproj

// Trains LeNet-300-100 on the built-in data set and tells how well it reads new digits.
using Golgi.Data;
using Golgi.Jobs;
using Golgi.Native;

NativeRepairs.Apply();
using var data = DataCatalog.Open("strokes");
var recipe = UsualRecipes.For("strokes", "lenet-300-100") with { Epochs = 2, Seed = 1 };
string runs = Path.Combine(Path.GetTempPath(), "golgi-samples");

using var job = new TrainJob(recipe, data);
var (folder, result, _) = new Workspace(runs).Run(job);

Console.WriteLine($"{result.Parameters:N0} weights, {result.Steps} steps");
Console.WriteLine($"test accuracy {result.TestAccuracy:P1}");
Console.WriteLine($"run {Path.GetFileName(folder)}");
