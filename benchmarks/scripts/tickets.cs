#:project ../../src/Golgi/Golgi.csproj
// What a masked step and a supermask step cost beside a dense step of the same network.
// dotnet run -c Release benchmarks/scripts/tickets.cs [-- THREADS [MODEL ...]]
using Golgi.Data;
using Golgi.Native;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using Golgi.Training;
using Golgi.Training.Optimizers;
using Golgi.Training.Tasks;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

NativeRepairs.Apply();
int threads = args.Length > 0 ? int.Parse(args[0]) : 1;
set_num_threads(threads);
string[] models = args.Length > 1 ? args[1..] : ["lenet-300-100", "conv2"];
Console.WriteLine($"threads {threads}; milliseconds of processor time a step, batch 60, Adam; ratios are medians over rounds in turn");
foreach (string model in models) Measure(model);

void Measure(string model)
{
    bool cifar = model.StartsWith("conv") || model.StartsWith("resnet");
    long[] shape = cifar ? [3, 32, 32] : [1, 28, 28];
    using var examples = new TensorExamples(
        randint(0, 256, [1200, .. shape], ScalarType.Byte), randint(0, 10, [1200], ScalarType.Int64));
    Candidate[] candidates =
    [
        new("dense", model, shape, examples, weights => new Direct(weights)),
        new("masked", model, shape, examples, Half),
        new("supermask", model, shape, examples, weights => new Supermask(weights, new SupermaskOptions { Rescale = false })),
        new("supermask, rescaled", model, shape, examples, weights => new Supermask(weights)),
        new("edge-popup", model, shape, examples, weights => new TopK(weights)),
    ];
    int steps = cifar ? 2 : 60, rounds = cifar ? 7 : 15;
    foreach (var candidate in candidates) candidate.Milliseconds(steps);
    var times = candidates.Select(_ => new List<double>()).ToArray();
    for (int round = 0; round < rounds; round++)
    {
        for (int i = 0; i < candidates.Length; i++) times[i].Add(candidates[i].Milliseconds(steps));
    }

    for (int i = 0; i < candidates.Length; i++)
    {
        var ratios = times[i].Zip(times[0], (own, dense) => own / dense).Order().ToArray();
        Console.WriteLine(
            $"{model,-14} {candidates[i].Name,-20} {times[i].Order().ElementAt(rounds / 2),9:0.000} ms   {ratios[rounds / 2]:0.000} of dense "
                + $"[{ratios[rounds / 4]:0.000}, {ratios[3 * rounds / 4]:0.000}]");
        candidates[i].Dispose();
    }
}

static Reparameterization Half(WeightVector weights)
{
    using var all = new Mask(weights);
    using var half = all.KeepLargest(weights.Values.abs(), all.Count / 2, new Philox(1));
    return new Masked(weights, half);
}

internal sealed class Candidate : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly WeightVector weights;
    private readonly Reparameterization method;
    private readonly Optimizer optimizer;
    private readonly Batches batches;
    private readonly TrainingLoop loop;

    public Candidate(string name, string model, long[] shape, Examples examples, Func<WeightVector, Reparameterization> make)
    {
        Name = name;
        network = ModelCatalog.Build(model, shape, 10, null, 1);
        weights = new WeightVector(network);
        method = make(weights);
        optimizer = new Adam(method.Coordinates, method.Gradient, new AdamOptions { LearningRate = 1e-3 });
        batches = new Batches(examples, Preprocessing.UnitRange, 60, 1);
        loop = new TrainingLoop(network, method, optimizer, new Classification(), batches);
    }

    public string Name { get; }

    public double Milliseconds(int steps)
    {
        var begin = Environment.CpuUsage.TotalTime; // of the process: other work on the machine does not count
        loop.AdvanceTo(loop.Step + steps);
        return (Environment.CpuUsage.TotalTime - begin).TotalMilliseconds / steps;
    }

    public void Dispose()
    {
        loop.Dispose();
        batches.Dispose();
        optimizer.Dispose();
        method.Dispose();
        weights.Dispose();
        network.Dispose();
    }
}
