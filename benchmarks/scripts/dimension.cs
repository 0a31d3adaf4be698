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
// What a step in a subspace costs beside a direct step, the Walsh-Hadamard transform beside tensor operations, and the
// memory of a subspace of 25 million weights.
//   dotnet run -c Release benchmarks/scripts/dimension.cs                        steps and the transform, on one thread
//   dotnet run -c Release benchmarks/scripts/dimension.cs -- 2                   the same on two
//   dotnet run -c Release benchmarks/scripts/dimension.cs -- 2 grouping fastfood only steps of these kinds
//   dotnet run -c Release benchmarks/scripts/dimension.cs -- memory grouping     peak memory, in a process of its own
// Times are processor time, so that other work on the machine counts less; ratios come from rounds in turn within one run.
using System.Diagnostics;
using Golgi.Data;
using Golgi.Native;
using Golgi.Networks.Catalog;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Training;
using Golgi.Training.Optimizers;
using Golgi.Training.Tasks;
using Golgi.Weights;
using Golgi.Weights.Projections;
using static TorchSharp.torch;

if (args is ["memory", var kindOfMemory])
{
    Memory(kindOfMemory);
    return;
}

NativeRepairs.Apply();
int threads = args.Length > 0 ? int.Parse(args[0]) : 1;
string[] kinds = args.Length > 1 ? args[1..] : ["grouping", "fastfood", "fastfood-single", "sparse", "kronecker", "dense"];
set_num_threads(threads);
Console.WriteLine($"threads {threads}; {(threads == 1 ? "processor time" : "time")}");
if (args.Length < 2) Transform();
Steps();

void Steps()
{
    using var images =
        new TensorExamples(randint(0, 256, [2048, 1, 28, 28], dtype: ScalarType.Byte), randint(0, 10, [2048], dtype: ScalarType.Int64));
    var network = ModelCatalog.Build("fc-784-200-200-10", [1, 28, 28], 10, null, 0);
    using var weights = new WeightVector(network);
    Console.WriteLine($"FC 784-200-200-10, D = {weights.Count}, batch 128, Adam; medians of rounds in turn");
    var entries = new List<(string Name, Func<Reparameterization> Create, int Steps)> { ("direct", () => new Direct(weights), 20) };
    foreach (int d in new[] { 750, 10_000 })
    {
        foreach (string kind in kinds.Where(kind => kind != "dense"))
        {
            entries.Add(($"{kind} d={d}", () => new Subspace(weights, ProjectionCatalog.Create(kind, weights.Count, d, 1)), 20));
        }

        if (!kinds.Contains("dense")) continue;
        // At 10,000 the dense columns take 8 GB.
        entries.Add(
            ($"dense d={d}", () => new Subspace(weights, DenseProjection.Gaussian(weights.Count, d, 1, memory: 10L << 30)), d == 750 ? 3 : 1));
    }

    var loops = entries.Select(entry =>
    {
        var method = entry.Create();
        var adam = new Adam(method.Coordinates, method.Gradient);
        return new TrainingLoop(network, method, adam, new Classification(), new Batches(images, Preprocessing.UnitRange, 128, 0));
    }).ToArray();
    var times = entries.Select(_ => new List<double>()).ToArray();
    for (int round = 0; round < 30; round++)
    {
        for (int i = 0; i < loops.Length; i++)
        {
            if (entries[i].Steps == 1 && round > 7) continue;
            double before = Now();
            loops[i].AdvanceTo(loops[i].Step + entries[i].Steps);
            if (round > 4) times[i].Add((Now() - before) / entries[i].Steps);
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
    using var x = ones(n);
    using var target = empty(n);
    var (own, butterfly, products, copy) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
    for (int round = 0; round < 12; round++)
    {
        own.Add(Time(5, () => Hadamard.Transform(x)));
        x.fill_(1);
        copy.Add(Time(5, () => target.copy_(x)));
        butterfly.Add(Time(1, () => Butterfly(x)));
        products.Add(Time(1, () => Hadamard.ByMatrixProducts(x).Dispose()));
    }

    double mine = Median(own);
    Console.WriteLine($"Walsh-Hadamard transform of 2^20 floats: {mine:0.000} ms");
    Console.WriteLine(
        $"  tensor butterfly {Median(butterfly):0.00} ms = {Median(butterfly) / mine:0.0} ×; matrix products {Median(products):0.00} ms = "
            + $"{Median(products) / mine:0.0} ×");
    Console.WriteLine(
        $"  a copy of the vector {Median(copy):0.000} ms; the two passes over memory that the transform needs are worth two of them, it takes "
            + $"{mine / Median(copy):0.0}");
}

static void Butterfly(Tensor x)
{
    using var scope = NewDisposeScope();
    var y = x;
    long n = x.numel();
    for (long h = 1; h < n; h *= 2)
    {
        var pairs = y.view(-1, 2, h);
        y = stack([pairs.select(1, 0) + pairs.select(1, 1), pairs.select(1, 0) - pairs.select(1, 1)], 1);
    }
}

static void Memory(string kind)
{
    set_num_threads(1);
    var network = ModelCatalog.Build("fc-" + string.Join('-', Enumerable.Repeat(1000, 26)), [1000], 1000, "lecun-normal", 0);
    using var weights = new WeightVector(network);
    using var method = kind == "direct"
        ? (Reparameterization)new Direct(weights)
        : new Subspace(weights, ProjectionCatalog.Create(kind, weights.Count, 10_000, 1));
    using var adam = new Adam(method.Coordinates, method.Gradient);
    using var examples = new TensorExamples(zeros(64, 1000), zeros(64, ScalarType.Int64));
    using var loop = new TrainingLoop(network, method, adam, new Classification(), new Batches(examples, Preprocessing.None, 8, 0));
    var watch = Stopwatch.StartNew();
    loop.AdvanceTo(3);
    long peak = Process.GetCurrentProcess().PeakWorkingSet64;
    Console.WriteLine(
        $"{kind}: D = {weights.Count:N0}, d = 10,000, three steps in {watch.Elapsed.TotalSeconds:0.0} s; peak {peak / 1e6:0} MB = "
            + $"{peak / 4.0 / weights.Count:0.00} × 4 D bytes");
}

double Time(int count, Action action)
{
    double before = Now();
    for (int i = 0; i < count; i++) action();
    return (Now() - before) / count;
}

double Now() => threads == 1 ? Environment.CpuUsage.TotalTime.TotalMilliseconds : Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
