#:project ../../src/Golgi/Golgi.csproj
// What feature visualization costs beside the network itself, and what a t-SNE map costs.
//   dotnet run -c Release benchmarks/scripts/synthesis.cs -- MODEL.onnx [THREADS] [ROUNDS]    steps of olah2017 at 224 pixels, batch 1 and 8
//   dotnet run -c Release benchmarks/scripts/synthesis.cs -- tsne [POINTS]                     a map of points in 50 dimensions
// Step times alternate with the bare forward and backward passes of the same network in one run; the median of rounds counts. Times
// are processor time, so that other work on the machine counts less.
using System.Diagnostics;
using Golgi.Models;
using Golgi.Numerics;
using Golgi.Synthesis;
using TorchSharp;
using static TorchSharp.torch;

OpenMp.WaitBriefly();
if (args is ["tsne", ..])
{
    Map(args.Length > 1 ? int.Parse(args[1]) : 10_000);
    return;
}

set_num_threads(args.Length > 1 ? int.Parse(args[1]) : 1);
int rounds = args.Length > 2 ? int.Parse(args[2]) : 15;
using var specimen = SpecimenSource.Open(args[0]);
foreach (int batch in (int[])[1, 8])
{
    const int side = 224;
    var preset = Presets.Find("olah2017", side);
    var logits = LogitSource.Find(specimen);
    using var objective = new Scope<Objective>(new ClassObjective(logits, [130]));
    using var observer = new Observer(specimen, logits.Layers);
    using var canvas = new FourierCanvas(new CanvasShape(batch, 3, side, side), new Philox(1));
    using var picture = (rand(batch, 3, side, side) * 255).requires_grad_(true);
    var step = new AscentPlan(objective.Value, [preset.Phases[0].Phase with { Steps = 4 }]);
    var bare = new List<double>();
    var whole = new List<double>();
    for (int round = -2; round < rounds; round++)
    {
        double first = Time(() =>
        {
            for (int i = 0; i < 4; i++)
            {
                using var scope = NewDisposeScope();
                var reading = observer.Look(picture);
                autograd.grad([objective.Value.Score(reading).sum()], [picture])[0].Dispose();
            }
        }) / 4;
        double second = Time(() => Ascent.Run(observer, canvas, step, new Philox(1))) / 4;
        if (round < 0) continue;
        bare.Add(first);
        whole.Add(second);
    }

    double ratio = Median([.. whole.Zip(bare, (a, b) => a / b)]);
    Console.WriteLine($"batch {batch}: forward+backward {Median(bare):0.0} ms, step {Median(whole):0.0} ms, ratio {ratio:0.000} (median of {rounds} rounds)");
}

static void Map(int count)
{
    float[] drawn = new float[count * 50];
    new Philox(9).FillNormal(drawn);
    using var points = tensor(drawn).reshape(count, 50);
    using var classes = nn.functional.one_hot(arange(count).remainder(10), 50).to(ScalarType.Float32) * 6;
    points.add_(classes);
    var clock = Stopwatch.StartNew();
    var before = Process.GetCurrentProcess().TotalProcessorTime;
    using var map = Tsne.Embed(points);
    double seconds = clock.Elapsed.TotalSeconds, processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    double trust = Neighborhoods.Trustworthiness(points, map.Positions, 5);
    Console.WriteLine($"{count} points: {seconds:0.0} s ({processor:0.0} s of processor time), KL {map.Divergence:0.0000}, trustworthiness {trust:0.0000}");
    File.WriteAllBytes(Path.Combine(Path.GetTempPath(), "golgi-tsne-points.bin"), points.bytes.ToArray());
}

static double Time(Action work)
{
    using var process = Process.GetCurrentProcess();
    var start = process.TotalProcessorTime;
    work();
    process.Refresh();
    return (process.TotalProcessorTime - start).TotalMilliseconds;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

internal sealed record Scope<T>(T Value) : IDisposable
{
    public void Dispose() => (Value as IDisposable)?.Dispose();
}
