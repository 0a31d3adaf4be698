#:project ../../src/Golgi/Golgi.csproj
#:property UsesLibtorch=true
#:property RuntimeIdentifier=linux-x64
#:property AppendRuntimeIdentifierToOutputPath=false
#:property SelfContained=false
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property EnforceCodeStyleInBuild=false
#:property GenerateDocumentationFile=false
#:property NoWarn=CA1303;CA1305;CA1050;CA1852
// What a step in a subspace costs beside a direct step, and the Walsh-Hadamard transform beside tensor operations.
// dotnet run -c Release benchmarks/scripts/dimension.cs [-- threads]
using System.Diagnostics;
using Golgi.Data;
using Golgi.Models;
using Golgi.Numerics;
using Golgi.Training;
using Golgi.Weights;
using Golgi.Weights.Projections;
using static TorchSharp.torch;

int threads = args.Length > 0 ? int.Parse(args[0]) : 2;
set_num_threads(threads);
Console.WriteLine($"threads {threads}");
Transform();
Steps();

void Steps()
{
    using var images = new TensorExamples(randint(0, 256, [2048, 1, 28, 28], dtype: ScalarType.Byte), randint(0, 10, [2048], dtype: ScalarType.Int64));
    var network = ModelCatalog.Build("fc-784-200-200-10", [1, 28, 28], 10, null, 0);
    using var weights = new WeightVector(network);
    Console.WriteLine($"FC 784-200-200-10, D = {weights.Count}, batch 128, Adam; median of interleaved rounds");
    var entries = new List<(string Name, Func<Reparameterization> Create, int Steps)> { ("direct", () => new Direct(weights), 60) };
    foreach (int d in new[] { 750, 10_000 })
    {
        foreach (string kind in new[] { "grouping", "fastfood", "fastfood-single", "sparse", "kronecker" })
        {
            entries.Add(($"{kind} d={d}", () => new Subspace(weights, ProjectionCatalog.Create(kind, weights.Count, d, 1)), 60));
        }

        // At 10,000 the dense columns take 8 GB: stored they would not fit most machines, so this is what a user would run.
        entries.Add(($"dense d={d}", () => new Subspace(weights, DenseProjection.Gaussian(weights.Count, d, 1, memory: 10L << 30)), d == 750 ? 10 : 1));
    }

    var loops = entries.Select(entry =>
    {
        var method = entry.Create();
        var adam = new Adam(method.Coordinates, method.Gradient);
        return new TrainingLoop(network, method, adam, new Batches(images, Preprocessing.UnitRange, 128, 0));
    }).ToArray();
    var times = entries.Select(_ => new List<double>()).ToArray();
    for (int round = 0; round < 9; round++)
    {
        for (int i = 0; i < loops.Length; i++)
        {
            if (entries[i].Steps == 1 && round > 2) continue;
            long from = loops[i].Step;
            var watch = Stopwatch.StartNew();
            loops[i].AdvanceTo(from + entries[i].Steps);
            if (round > 0) times[i].Add(watch.Elapsed.TotalMilliseconds / entries[i].Steps);
        }
    }

    double direct = Median(times[0]);
    for (int i = 0; i < loops.Length; i++)
    {
        double own = Median(times[i]);
        Console.WriteLine($"  {entries[i].Name,-24} {own,9:0.000} ms/step   {own / direct,8:0.00} × direct");
    }
}

void Transform()
{
    const int n = 1 << 20;
    using var x = randn(n);
    double own = Best(() => Hadamard.Transform(x), 50);
    double butterfly = Best(() =>
    {
        using var scope = NewDisposeScope();
        var y = x;
        for (int h = 1; h < n; h *= 2)
        {
            var pairs = y.view(-1, 2, h);
            var (a, b) = (pairs.select(1, 0), pairs.select(1, 1));
            y = stack([a + b, a - b], 1);
        }
    }, 5);
    double products = Best(() => Hadamard.ByMatrixProducts(x).Dispose(), 20);
    using var target = empty(n);
    double copy = Best(() => target.copy_(x), 50);
    Console.WriteLine($"Walsh-Hadamard transform of 2^20 floats: {own:0.000} ms");
    Console.WriteLine($"  tensor butterfly {butterfly:0.00} ms = {butterfly / own:0.0} ×; matrix products {products:0.00} ms = {products / own:0.0} ×");
    Console.WriteLine($"  a copy of the vector {copy:0.000} ms, so the transform takes {own / copy:0.0} copies; two passes over memory are 2");
}

static double Best(Action action, int rounds)
{
    double best = double.MaxValue;
    for (int i = 0; i < rounds + 3; i++)
    {
        var watch = Stopwatch.StartNew();
        action();
        if (i >= 3) best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
    }

    return best;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
