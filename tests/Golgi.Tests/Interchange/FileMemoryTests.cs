using System.Text;
using Golgi.Interchange.Onnx;
using Golgi.Tensors;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange;

/// <summary>Reading a file takes at most twice the memory of what it honestly holds, whatever it claims to hold.</summary>
[Trait("Speed", "Slow")]
public sealed class FileMemoryTests : IDisposable
{
    private const long Megabyte = 1 << 20, Held = 256 * Megabyte;

    // Peak memory of a process of its own, in bytes, managed and native together, and its exit code.
    private const string Measure = """
        import sys, subprocess, resource
        done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, done.returncode)
        """;

    private const string SaveState =
        "import sys, torch; torch.save({'w': torch.zeros(int(sys.argv[2]))}, sys.argv[1], _use_new_zipfile_serialization=sys.argv[3] == 'zip')";

    private readonly string folder = Directory.CreateTempSubdirectory("golgi-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("safetensors")]
    [InlineData("onnx")]
    [InlineData("npz")]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void A_large_file_takes_at_most_twice_its_size(string format)
    {
        var (small, _) = Peak(Write(format, 1024));
        var (large, code) = Peak(Write(format, Held / sizeof(float)));
        TestContext.Current.TestOutputHelper!.WriteLine($"{(large - small) / Megabyte} MB for {Held / Megabyte} MB");
        Assert.Equal(0, code);
        Assert.InRange(large - small, -64 * Megabyte, (2 * Held) + (32 * Megabyte)); // the runtime's own memory varies by some megabytes
    }

    [Theory]
    [InlineData("safetensors")]
    [InlineData("onnx")]
    [InlineData("npz")]
    public void A_small_file_that_claims_terabytes_takes_nothing_and_is_refused(string format)
    {
        string path = Write(format, 1024);
        var (honest, _) = Peak(path);
        var (peak, code) = Peak(Claim(format));
        TestContext.Current.TestOutputHelper!.WriteLine($"{(peak - honest) / Megabyte} MB");
        Assert.Equal(2, code);
        Assert.InRange(peak - honest, -1000 * Megabyte, 16 * Megabyte);
    }

    private static (long Bytes, int ExitCode) Peak(string path)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "Golgi.App");
        string[] printed = Python.Run(Measure, tool, "model", "inspect", path, "--threads", "1").Split(' ');
        return (long.Parse(printed[0]), int.Parse(printed[1]));
    }

    private string Write(string format, long count)
    {
        string path = Path.Combine(folder, $"file{count}.{format}");
        using var scope = NewDisposeScope();
        switch (format)
        {
            case "safetensors": SafeTensors.Write(path, [("w", zeros(count))]); break;
            case "npz": Npy.WriteArchive(path, [("w", zeros(count))]); break;
            case "onnx":
                var weights = zeros(Math.Max(1, count / 1024), 1024, 1, 1);
                OnnxWriter.Write(path, OnnxGraphs.Model([1, 1024, 1, 1], graph => graph.Node("Conv", "w", ["x", graph.Weight("w.weight", weights)])));
                break;
            default: Python.Run(SaveState, path, $"{count}", format.Split('.')[0]); break;
        }

        return path;
    }

    private string Claim(string format)
    {
        string path = Path.Combine(folder, $"claim.{format}");
        switch (format)
        {
            case "safetensors":
                string header = """{"w":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,4000000000000]}}""";
                File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.ASCII.GetBytes(header)]);
                break;
            case "onnx":
                OnnxWriter.Write(path, OnnxGraphs.Model([16], graph =>
                    graph.Node("Add", "sum", ["x", graph.Node("ConstantOfShape", "huge", [graph.Weight("s", tensor(new[] { 1L << 40 }))])])));
                break;
            default:
                using (var zip = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create))
                using (var entry = zip.CreateEntry("w.npy").Open())
                {
                    string about = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,), }".PadRight(117) + "\n";
                    entry.Write(
                        [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)about.Length), .. Encoding.ASCII.GetBytes(
                            about), .. new byte[64]]);
                }

                break;
        }

        return path;
    }
}
