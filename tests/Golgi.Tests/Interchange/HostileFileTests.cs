using System.Text;
using Golgi.Interchange;
using Golgi.Interchange.Caffe;
using Golgi.Interchange.Onnx;
using Golgi.Numerics.Random;
using Golgi.Tensors;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange;

/// <summary>Damaged and malicious files end in a clean error: never a crash, a hang, an absurd allocation, or code that runs.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const string SaveState = """
        import sys, torch, collections
        torch.manual_seed(1)
        state = collections.OrderedDict(a=torch.randn(5, 4), b=torch.arange(6).view(2, 3).t(), c=torch.tensor(2.5).half())
        torch.save({'state_dict': state, 'epoch': 3}, sys.argv[1], _use_new_zipfile_serialization=sys.argv[2] == 'zip')
        print(state['a'][1, 2].item())
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("golgi-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("zip")]
    [InlineData("legacy")]
    public void State_dicts_of_pytorch_are_read_without_running_them(string format)
    {
        string path = In("state.pth");
        float expected = float.Parse(Python.Run(SaveState, path, format));
        using var state = TorchStateDict.Read(path);
        using var scope = NewDisposeScope();
        Assert.Equal(["a", "b", "c"], state.Names);
        Assert.Equal(expected, state["a"][1, 2].item<float>());
        Assert.Equal([0, 3, 1, 4, 2, 5], state["b"].data<long>().ToArray());
        Assert.Equal(ScalarType.Float16, state["c"].dtype);
        Assert.Equal("3", state.Metadata["epoch"]);
    }

    [Fact]
    public void A_pickle_that_names_a_system_call_is_refused_and_not_run()
    {
        string marker = In("was-run"), path = In("evil.pt");
        byte[] magic =
        [
            0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.',
            0x80, 2, (byte)'M', 0xe9, 3, (byte)'.', 0x80, 2, (byte)'}', (byte)'.',
        ];
        byte[] call =
        [
            0x80, 2, .. Encoding.ASCII.GetBytes("cos\nsystem\n"), (byte)'X', (byte)(6 + marker.Length), 0, 0, 0,
            .. Encoding.ASCII.GetBytes($"touch {marker}"), 0x85, (byte)'R', (byte)'.',
        ];
        File.WriteAllBytes(path, [.. magic, .. call]);
        string message = Assert.Throws<InvalidDataException>(() => TorchStateDict.Read(path)).Message;
        Assert.Contains("os.system", message);
        Assert.Contains(path, message);
        Assert.False(File.Exists(marker));
    }

    [Theory]
    [InlineData("npz", "../w.npy")]
    [InlineData("npz", "a/../../w.npy")]
    [InlineData("npz", "/w.npy")]
    [InlineData("npz", "..\\w.npy")]
    [InlineData("pth", "state/data/../../../0")]
    public void An_entry_that_leaves_its_archive_is_refused_and_writes_nothing(string format, string entry)
    {
        string inner = Directory.CreateDirectory(In("inner")).FullName, path = Path.Combine(inner, "file." + format);
        using (var zip = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create))
        {
            if (format == "pth") zip.CreateEntry("state/data.pkl").Open().Dispose();
            using var content = zip.CreateEntry(entry).Open();
            Npy.Write(In("w.npy"), ones(3));
            content.Write(File.ReadAllBytes(In("w.npy")));
        }

        File.Delete(In("w.npy"));
        string message = Assert.Throws<InvalidDataException>(() => WeightFile.Read(path).Dispose()).Message;
        Assert.Contains(entry, message);
        Assert.Contains("leaves the archive", message);
        Assert.Equal([path], Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_name_of_thousands_of_levels_is_one_name()
    {
        using var scope = NewDisposeScope();
        string name = string.Join('.', Enumerable.Repeat("a", 20_000));
        using var network =
            OnnxImporter.Import(OnnxGraphs.Model([1, 4], graph => graph.Node("Gemm", "y", ["x", graph.Weight(name + ".weight", ones(4, 4))])));
        Assert.Single(network.named_modules());
        Assert.Equal(4, network.call(ones(1, 4))[0, 0].item<float>());
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("safetensors")]
    [InlineData("npy")]
    [InlineData("npz")]
    [InlineData("caffemodel")]
    [InlineData("prototxt")]
    public void A_file_cut_anywhere_gives_a_clean_error(string format) => Cut(format);

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void A_state_dict_cut_anywhere_gives_a_clean_error(string format) => Cut(format);

    private void Cut(string format)
    {
        byte[] whole = Sample(format);
        for (int i = 0; i < 50; i++) Open(format, whole[..(whole.Length * i / 50)], mustFail: format is not ("caffemodel" or "prototxt"));
    }

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData("onnx")]
    [InlineData("safetensors")]
    [InlineData("npy")]
    [InlineData("npz")]
    [InlineData("caffemodel")]
    [InlineData("prototxt")]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void Ten_thousand_mutated_files_give_clean_errors_or_results(string format) => Mutate(format, 10_000);

    [Theory]
    [InlineData("onnx")]
    [InlineData("safetensors")]
    [InlineData("npy")]
    [InlineData("npz")]
    [InlineData("caffemodel")]
    [InlineData("prototxt")]
    public void A_hundred_mutated_files_give_clean_errors_or_results(string format) => Mutate(format, 100);

    private void Mutate(string format, int count)
    {
        byte[] whole = Sample(format);
        uint[] words = new uint[16];
        for (int i = 0; i < count; i++)
        {
            new Philox(7, (ulong)i).Fill(words);
            byte[] file = (byte[])whole.Clone();
            int flips = 1 + (int)(words[0] % 4);
            for (int k = 0; k < flips; k++) file[words[1 + (2 * k)] % file.Length] = (byte)words[2 + (2 * k)];
            if (words[10] % 8 == 0) file = file[..(int)(words[11] % file.Length)];
            Open(format, file, mustFail: false);
        }
    }

    private void Open(string format, byte[] bytes, bool mustFail)
    {
        string path = In("file." + format);
        File.WriteAllBytes(path, bytes);
        using var scope = NewDisposeScope();
        try
        {
            switch (format)
            {
                case "onnx":
                    using (var network = OnnxImporter.Import(path))
                    using (no_grad())
                    {
                        network.call(zeros(1, 2, 8, 8)).Dispose();
                    }

                    break;
                case "safetensors": SafeTensors.Read(path).Dispose(); break;
                case "npy": Npy.Read(path).Dispose(); break;
                case "npz": Npy.ReadArchive(path).Dispose(); break;
                case "caffemodel": CaffeWeights.Read(path).Dispose(); break;
                case "prototxt": CaffeImporter.Import(path, In("weights.caffemodel")).Dispose(); break;
                default: TorchStateDict.Read(path).Dispose(); break;
            }

            Assert.False(mustFail, $"{bytes.Length} bytes were taken for a whole file");
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or InvalidOperationException)
        {
            Assert.NotEmpty(error.Message);
        }
    }

    private byte[] Sample(string format)
    {
        using var scope = NewDisposeScope();
        string path = In("sample." + format);
        switch (format)
        {
            case "onnx": return OnnxWriter.ToBytes(OnnxGraphs.Classifier());
            case "safetensors": SafeTensors.Write(path, [("weight", ones(4, 3)), ("bias", zeros(4))]); break;
            case "npy": Npy.Write(path, ones(7, 3)); break;
            case "npz": Npy.WriteArchive(path, [("a", ones(7, 3)), ("b", zeros(2))]); break;
            case "caffemodel": return CaffeSamples.Weights();
            case "prototxt":
                File.WriteAllBytes(In("weights.caffemodel"), CaffeSamples.Weights());
                return Encoding.ASCII.GetBytes(CaffeSamples.Definition);
            default: Python.Run(SaveState, path, format.StartsWith("zip", StringComparison.Ordinal) ? "zip" : "legacy"); break;
        }

        return File.ReadAllBytes(path);
    }

    private string In(string name) => Path.Combine(folder, name);
}
