#:project ../../src/Golgi/Golgi.csproj
// What a step of feature visualization costs beside the network itself, what total variation denoising costs, and what a t-SNE map
// costs.
//   synthesis.cs -- step MODEL.onnx BATCH THREADS STEPS    milliseconds of the bare forward and backward pass, and of a step of
//     olah2017, at 224 pixels; synthesis-vs-pytorch.sh runs it beside PyTorch
//   synthesis.cs -- denoise FILE.npy                       100 split Bregman iterations on 24 planes of 224 pixels, one thread;
//     FILE gets them, for denoise-vs-skimage.py
//   synthesis.cs -- tsne [POINTS] [FILE.npy]               a map of points in 50 dimensions, beside principal components and
//     k-means; FILE gets the points, for synthesis-vs-sklearn.py
// Times are processor time, so that other work on the machine counts less.
using System.Diagnostics;
using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Native;
using Golgi.Networks;
using Golgi.Numerics.Clustering;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;
using Golgi.Opening;
using Golgi.Tensors;
using TorchSharp;
using static TorchSharp.torch;

NativeRepairs.Apply();
switch (args)
{
    case ["step", var model, var batch, var threads, var steps]:
        set_num_threads(int.Parse(threads));
        Step(model, int.Parse(batch), int.Parse(steps));
        break;
    case ["denoise", var file]:
        set_num_threads(1);
        Denoise(file);
        break;
    case ["tsne", .. var rest]:
        Map(rest.Length > 0 ? int.Parse(rest[0]) : 10_000, rest.ElementAtOrDefault(1));
        break;
    default:
        Console.Error.WriteLine("usage: synthesis.cs -- step MODEL.onnx BATCH THREADS STEPS | denoise FILE.npy | tsne [POINTS] [FILE.npy]");
        break;
}

static void Step(string model, int batch, int steps)
{
    const int side = 224, unit = 130;
    using var specimen = SpecimenSource.Open(model);
    var logits = LogitSource.Find(specimen);
    var objective = new ClassObjective(logits, [unit]);
    using var observer = new FrozenSpecimen(specimen, logits.Layers);
    using var canvas = new FourierCanvas(new CanvasShape(batch, 3, side, side), new Philox(1));
    using var seen = ((rand(batch, 3, side, side) * 255) - 110).requires_grad_(true);
    var phase = PresetCatalog.Find("olah2017", side).Phases[0].Phase;

    Bare(1);
    Whole(2);
    Console.WriteLine($"{Time(() => Bare(steps)) / steps:0.00} {Time(() => Whole(steps)) / steps:0.00}");

    void Bare(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            autograd.grad([specimen.Network.call(seen).flatten(1).select(1, unit).sum()], [seen]);
        }
    }

    void Whole(int count) =>
        GradientAscent.Run(observer, canvas, new AscentPlan(objective, [phase with { Steps = count }]), new Philox(1));
}

static void Denoise(string file)
{
    const int side = 224;
    float[] drawn = new float[24 * side * side];
    new Philox(9).FillNormal(drawn);
    using var noise = tensor(drawn).reshape(8, 3, side, side) * 10;
    using var smooth = nn.functional.interpolate(
        noise.narrow(2, 0, 14).narrow(3, 0, 14) * 6, [side, side], mode: InterpolationMode.Bicubic, align_corners: false);
    using var pictures = smooth + noise;
    Npy.Write(file, pictures);
    var step = new OperatorStep(0, 1, pictures, zeros(1));
    foreach (var kind in Enum.GetValues<TotalVariationKind>())
    {
        var denoise = new TvDenoise(0.4, 0.4, kind);
        double least = Enumerable.Range(0, 5).Min(_ => Time(() => denoise.Apply(pictures, step).Dispose()));
        Console.WriteLine($"{kind}: {least:0} ms");
    }
}

static void Map(int count, string? file)
{
    float[] drawn = new float[count * 50];
    new Philox(9).FillNormal(drawn);
    using var points = tensor(drawn).reshape(count, 50);
    using var classes = nn.functional.one_hot(arange(count).remainder(10), 50).to(ScalarType.Float32) * 6;
    points.add_(classes);
    if (file is not null) Npy.Write(file, points);
    var clock = Stopwatch.StartNew();
    TsneMap? map = null;
    double processor = Time(() => map = Tsne.Embed(points)) / 1000, seconds = clock.Elapsed.TotalSeconds;
    using var drawnMap = map!;
    double trust = Neighborhoods.Trustworthiness(points, drawnMap.Positions, 5);
    using var components = PrincipalComponents.Fit(points, 10);
    double inertia = KMeans.Fit(points, 10, new Philox(1)).Inertia;
    Console.WriteLine(
        $"{count} points: {seconds:0.0} s ({processor:0.0} s of processor time), KL {drawnMap.Divergence:0.0000}, "
        + $"trustworthiness {trust:0.0000}, variance of 10 components {components.Variances.sum().item<double>():0.000}, "
        + $"k-means inertia {inertia:0}");
}

static double Time(Action work)
{
    using var process = Process.GetCurrentProcess();
    var start = process.TotalProcessorTime;
    work();
    process.Refresh();
    return (process.TotalProcessorTime - start).TotalMilliseconds;
}
