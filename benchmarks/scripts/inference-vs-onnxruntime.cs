#:project ../../src/Golgi/Golgi.csproj
#:package Microsoft.ML.OnnxRuntime
// What inference and import cost beside ONNX Runtime on the same cores in the same run.
//   dotnet run -c Release benchmarks/scripts/inference-vs-onnxruntime.cs -- MODEL.onnx [THREADS] [ROUNDS]
// Rounds alternate between the two, each for a while; the median of each counts, and of their ratios. The outputs are compared too.
using System.Diagnostics;
using Golgi.Interchange.Onnx;
using Golgi.Native;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;
using static TorchSharp.torch;

NativeRepairs.Apply();
int threads = args.Length > 1 ? int.Parse(args[1]) : 2, rounds = args.Length > 2 ? int.Parse(args[2]) : 40;
set_num_threads(threads);
using var still = no_grad();
zeros(1).Dispose(); // libtorch is loaded
var imports = new List<double>();
for (int i = 0; i < 5; i++)
{
    var clock = Stopwatch.StartNew();
    OnnxImporter.Import(args[0]).Dispose();
    imports.Add(clock.Elapsed.TotalMilliseconds);
}

Console.WriteLine($"import: first {imports[0]:0.0} ms, then {Median(imports):0.0} ms");
using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
using var network = OnnxImporter.Import(args[0]);
byte[] file = WithOpenBatch(OnnxExporter.ToModel(network, []));
foreach (int batch in (int[])[1, 16])
{
    using var session = new InferenceSession(file, options);
    long[] shape = [batch, .. network.InputShape];
    using var images = randn(shape) * 50;
    string name = session.InputMetadata.Keys.First();
    var given = new DenseTensor<float>(images.data<float>().ToArray(), [.. shape.Select(size => (int)size)]);
    float[] theirs = [], ours = [];
    void Theirs()
    {
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(name, given)]);
        theirs = ((DenseTensor<float>)results[0].AsTensor<float>()).ToArray();
    }

    void Ours()
    {
        using var result = network.call(images);
        ours = result.data<float>().ToArray();
    }

    // A hook keeps the network on torch's own layers, as an instrument would.
    void Watched()
    {
        var hook = ((nn.Module<torch.Tensor, torch.Tensor>)network.children().First()).register_forward_hook((_, _, output) => output);
        using var result = network.call(images);
        hook.remove();
    }

    List<double> a = [], b = [], c = [];
    for (int round = -2; round < rounds; round++)
    {
        double first = Time(Theirs), second = Time(Ours), third = Time(Watched);
        if (round < 0) continue;
        a.Add(first);
        b.Add(second);
        c.Add(third);
    }

    double difference = ours.Zip(theirs, (x, y) => Math.Abs(x - y)).Max() / theirs.Max(Math.Abs);
    Console.WriteLine($"batch {batch,2}, {threads} threads: ONNX Runtime {Median(a):0.00} ms (least {a.Min():0.00}), Golgi {Median(b):0.00} ms "
        + $"(least {b.Min():0.00}), "
        + $"ratio {Median([.. b.Zip(a, (x, y) => x / y)]):0.00}, "
        + $"watched {Median(c):0.00} ms, ratio {Median([.. c.Zip(a, (x, y) => x / y)]):0.00}; largest difference {difference:0.0e+0} of the "
            + "largest output");
}

static byte[] WithOpenBatch(OnnxModel model)
{
    model.Graph.Inputs[0] = model.Graph.Inputs[0] with { Shape = [-1, .. model.Graph.Inputs[0].Shape!.Skip(1)] };
    for (int i = 0; i < model.Graph.Outputs.Count; i++) model.Graph.Outputs[i] = model.Graph.Outputs[i] with { Shape = null };
    return OnnxWriter.ToBytes(model);
}

// The mean of calls in a row, at least 60 ms of them, after a rest in which the threads of whoever ran before stop spinning, and two calls to wake
// up.
static double Time(Action work)
{
    Thread.Sleep(60);
    work();
    work();
    int calls = 0;
    var clock = Stopwatch.StartNew();
    for (; clock.ElapsedMilliseconds < 60; calls++) work();
    return clock.Elapsed.TotalMilliseconds / calls;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
