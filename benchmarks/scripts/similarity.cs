#:project ../../src/Golgi/Golgi.csproj
// The side of Golgi in similarity-vs-numpy: seconds and a value. usage: similarity.cs cca|grid-svcca|grid-cca FOLDER
using System.Diagnostics;
using System.Globalization;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Native;
using Golgi.Tensors;
using static TorchSharp.torch;

NativeRepairs.Apply();
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string task = args[0], folder = args[1];
double value = 0, best = double.PositiveInfinity;
if (task == "cca")
{
    using var x = Npy.Read($"{folder}/x.npy");
    using var y = Npy.Read($"{folder}/y.npy");
    for (int round = 0; round < 10; round++)
    {
        long begin = Stopwatch.GetTimestamp();
        using var overlap = Overlap.Of(x, y);
        value = new Cca().Of(overlap).Value;
        best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }
}
else
{
    Tensor[] checkpoints = [.. Enumerable.Range(0, 5).Select(t => Npy.Read($"{folder}/layers{t}.npy"))];
    BasisMeasure measure = task == "grid-svcca" ? new Svcca() : new Cca();
    for (int round = 0; round < 2; round++)
    {
        long begin = Stopwatch.GetTimestamp();
        double sum = 0;
        for (int t = 0; t < checkpoints.Length; t++)
        {
            using var scope = NewDisposeScope();
            List<(string, Basis)> bases = [.. Enumerable.Range(0, 12).Select(i => ($"{i}", Basis.Of(checkpoints[t][i])))];
            var grid = SimilarityGrid.Of(bases, bases, measure);
            sum += grid.Values[2 * t].Average() / checkpoints.Length;
            foreach (var (_, basis) in bases) basis.Dispose();
        }

        value = sum;
        best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }
}

Console.WriteLine($"{best:R} {value:R}");
