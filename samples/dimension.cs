#:project ../src/Golgi/Golgi.csproj

// How many numbers does a perceptron need to tell drawn digits apart? Then the same network as a file of a kilobyte.
using Golgi.Instruments.Dimension.Files;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Jobs;
using Golgi.Native;

NativeRepairs.Apply();
var problem = new DimensionProblem { Data = "strokes:3000", Model = "fc-784-100-100-10", Steps = 400 };
using var data = ShuffledData.Open(problem);
string folder = Path.Combine(Path.GetTempPath(), "golgi-samples");

var workspace = new Workspace(folder);
var report = workspace.Run(new MeasureJob(problem, new SearchOptions { At = [50, 150, 450], Replicates = 2 }, data)).Result;
foreach (var (d, accuracy, _, _, _) in report.Curve)
{
    Console.WriteLine($"d = {d,3}: {accuracy.Mean:P1} ({accuracy.Low:P1} to {accuracy.High:P1})");
}

Console.WriteLine($"{report.D90.Value:N0} of {report.Weights:N0} dimensions reach {report.Target:P1}");

var small = workspace.Run(new CompressJob(problem, data, dimension: 450, CoordinateCode.Parse("16"))).Result;
Console.WriteLine($"{small.Bytes} bytes: {small.TestAccuracy:P1} of the test set");
