using System.Runtime.InteropServices;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>Runs ONNX's own test cases: folders <c>test_*</c> with <c>model.onnx</c> and <c>test_data_set_*</c> of inputs and expected
/// outputs.</summary>
public static class Conformance
{
    // The tolerances of ONNX's own backend tests.
    private const double Relative = 1e-3, Absolute = 1e-7;

    /// <summary>Runs all cases below a folder.</summary>
    /// <param name="folder">A folder of cases, or of folders of cases.</param>
    /// <exception cref="ArgumentException">There is no case.</exception>
    public static ConformanceResult Run(string folder, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(folder)) throw new ArgumentException($"There is no folder '{folder}'.", nameof(folder));
        string[] cases = [.. Directory.EnumerateFiles(folder, "model.onnx", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!)
            .Order(StringComparer.Ordinal)];
        if (cases.Length == 0) throw new ArgumentException($"'{folder}' holds no test case (test_*/model.onnx).", nameof(folder));
        int passed = 0;
        List<string> failed = [], unsupported = [];
        var reasons = new Dictionary<string, string>();
        for (int i = 0; i < cases.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            string name = Path.GetRelativePath(folder, cases[i]).Replace('\\', '/');
            progress?.Report(new WorkProgress("test cases", i, cases.Length, name));
            try
            {
                RunCase(cases[i]);
                passed++;
            }
            catch (Exception error) when (
                error is InvalidDataException or ArgumentException or ExternalException or IOException or InvalidOperationException)
            {
                reasons[name] = error.Message;
                (error.InnerException is NotSupportedException ? unsupported : failed).Add(name);
            }
        }

        return new ConformanceResult(passed, failed, unsupported, reasons);
    }

    /// <summary>Runs one case.</summary>
    /// <exception cref="InvalidDataException">It does not pass; the inner exception is <see cref="NotSupportedException"/> where Golgi does not
    /// compute what it asks for.</exception>
    public static void RunCase(string folder)
    {
        using var network = OnnxImporter.Import(Path.Combine(folder, "model.onnx"));
        foreach (string set in Directory.EnumerateDirectories(folder, "test_data_set_*").Order(StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            using var still = no_grad();
            Tensor[] inputs = [.. network.Inputs.Select((input, i) => Load(Path.Combine(set, $"input_{i}.pb"), input))];
            var outputs = network.Run(inputs);
            for (int i = 0; i < outputs.Count; i++)
            {
                string file = Path.Combine(set, $"output_{i}.pb");
                if (File.Exists(file)) Compare(network.Outputs[i].Name, outputs[i], Load(file, network.Outputs[i]));
            }
        }
    }

    private static Tensor Load(string path, OnnxValue value)
    {
        var stored = OnnxReader.ParseTensor(path, File.ReadAllBytes(path));

        // NumPy has no bfloat16, so that the cases keep its bits as whole numbers.
        if (value.ElementType == OnnxElement.BFloat16 && stored.ElementType == OnnxElement.UInt16) stored.ElementType = OnnxElement.BFloat16;
        return stored.ToTensor();
    }

    private static void Compare(string name, Tensor actual, Tensor expected)
    {
        if (!actual.shape.AsSpan().SequenceEqual(expected.shape) || actual.dtype != expected.dtype)
        {
            throw new InvalidDataException(
                $"Output '{name}' is {actual.dtype} {Check.Describe(actual.shape)}; expected is {expected.dtype} {Check.Describe(expected.shape)}.");
        }

        var (a, b) = (actual.to(ScalarType.Float64), expected.to(ScalarType.Float64));
        var near = a.sub(b).abs().le(b.abs().mul(Relative).add(Absolute)).logical_or(a.eq(b)).logical_or(a.isnan().logical_and(b.isnan()));
        if (near.all().item<bool>()) return;
        long worst = a.sub(b).abs().nan_to_num(double.MaxValue).flatten().argmax().item<long>();
        throw new InvalidDataException(
            $"Output '{name}' differs, most at element {worst}: {a.flatten()[worst].item<double>():R}, expected "
                + $"{b.flatten()[worst].item<double>():R}.");
    }
}
