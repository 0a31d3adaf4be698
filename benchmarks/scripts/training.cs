#:project ../../src/Golgi/Golgi.csproj
// Milliseconds of one training step in Golgi, and where they go. Called by training-vs-pytorch.sh.
// usage: training.cs MODEL THREADS STEPS
using System.Diagnostics;
using System.Globalization;
using Golgi.Data;
using Golgi.Native;
using Golgi.Networks.Catalog;
using Golgi.Training;
using Golgi.Training.Optimizers;
using Golgi.Training.Tasks;
using Golgi.Weights;
using static TorchSharp.torch;

NativeRepairs.Apply();
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string model = args[0];
int steps = int.Parse(args[2]);
set_num_threads(int.Parse(args[1]));
long[] shape = model == "conv2" ? [3, 32, 32] : [1, 28, 28];
int batch = model == "conv2" ? 64 : 60;

using var examples = new TensorExamples(
    randint(0, 256, [6000, .. shape], ScalarType.Byte), randint(0, 10, [6000], ScalarType.Int64));
using var network = ModelCatalog.Build(model, shape, 10, null, 1);
using var weights = new WeightVector(network);
using var direct = new Direct(weights);
using var optimizer = new Adam(direct.Coordinates, direct.Gradient, new AdamOptions { LearningRate = 1.2e-3 });
using var batches = new Batches(examples, Preprocessing.UnitRange, batch, 1);
using var loop = new TrainingLoop(network, direct, optimizer, new Classification(), batches);

int warmup = Math.Max(3, steps / 10);
loop.AdvanceTo(warmup);
double whole = Milliseconds(() => loop.AdvanceTo(warmup + steps));
double data = Milliseconds(() => Repeat(() => batches.Read(0)));
double adam = Milliseconds(() => Repeat(optimizer.Step));
double passes = Milliseconds(() => Repeat(() =>
{
    var (inputs, labels) = batches.Read(0);
    weights.ZeroGradient();
    nn.functional.cross_entropy(network.call(inputs), labels).backward();
})) - data;
Console.WriteLine($"{whole:0.0000} {data:0.0000} {passes:0.0000} {adam:0.0000}");

double Milliseconds(Action work)
{
    var watch = Stopwatch.StartNew();
    work();
    return watch.Elapsed.TotalMilliseconds / steps;
}

void Repeat(Action step)
{
    for (int i = 0; i < steps; i++)
    {
        using var scope = NewDisposeScope();
        step();
    }
}
