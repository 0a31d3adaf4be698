using System.IO.Compression;
using Golgi.App.Commands;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.App;

/// <summary>A user's mistakes end with exit code 2 and a message that names what is wrong, and leave nothing behind.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string, string[]> Mistakes => new()
    {
        { "mnist", ["train", "--data", "mnits"] },
        { "lenet5", ["train", "--model", "lenet6"] },
        { "784", ["train", "--model", "fc-100-50-10"] },
        { "steps", ["train", "--steps", "0"] },
        { "steps", ["train", "--steps", "-3"] },
        { "number", ["train", "--lr", "NaN"] },
        { "0", ["train", "--lr", "-1"] },
        { "batch", ["train", "--batch", "1000000"] },
        { "adamw", ["train", "--optimizer", "adamm"] },
        { "cosine", ["train", "--schedule", "cosinus"] },
        { "glorot-normal", ["train", "--init", "glorot-norm"] },
        { "crop", ["train", "--augment", "cropp:4"] },
        { "seven", ["train", "--epochs", "seven"] },
        { "cuda", ["train", "--device", "cuda:7"] },
        { "golgi train", ["evaluate", "no-such-run"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_and_nothing_is_written(string expected, string[] command)
    {
        using var scratch = new Scratch();
        var run = Tool.Call([.. command, "--out", scratch["out"], "--quiet"]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(scratch["out"]), "a folder was left behind");
    }

    [Fact]
    public void An_output_folder_that_cannot_be_written_is_named()
    {
        using var scratch = new Scratch();
        string file = scratch.Write("file", [1]);
        var run = Tool.Call("train", "--steps", "1", "--data", "strokes:200", "--out", Path.Combine(file, "runs"), "--quiet");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("magic")]
    [InlineData("count")]
    public void A_damaged_data_file_is_named_and_nothing_is_written(string damage)
    {
        using var scratch = new Scratch();
        Write(scratch, "train", 20, damage);
        Write(scratch, "t10k", 10, "none");
        var run = Tool.Call(
            "train", "--data", "mnist", "--model", "softmax", "--steps", "1", "--batch", "5", "--validation", "5",
            "--data-dir", scratch["data"], "--out", scratch["out"], "--quiet");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("train-", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch["out"]), "a folder was left behind");
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_refused()
    {
        using var scratch = new Scratch();
        var trained = Tool.Call("train", "--steps", "1", "--data", "strokes:200", "--model", "softmax", "--out", scratch["out"], "--quiet");
        Assert.True(trained.ExitCode == ExitCode.Done, trained.Error);
        string weights = Directory.EnumerateFiles(scratch["out"], "final.safetensors", SearchOption.AllDirectories).Single();
        var run = Tool.Call("evaluate", $"lenet-300-100+{weights}", "--data", "strokes:200");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("'fc1.weight' has shape [10, 784] where the network has [300, 784]", run.Error, StringComparison.Ordinal);
    }

    private static void Write(Scratch scratch, string part, int count, string damage)
    {
        byte[] images = [0, 0, damage == "magic" ? (byte)9 : (byte)8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[count * 784]];
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, (byte)(damage == "count" ? count - 1 : count), .. new byte[damage == "count" ? count - 1 : count]];
        byte[] packed = Pack(images);
        scratch.Write($"data/mnist/{part}-images-idx3-ubyte.gz", damage == "truncated" ? packed[..(packed.Length / 2)] : packed);
        scratch.Write($"data/mnist/{part}-labels-idx1-ubyte.gz", Pack(labels));
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionMode.Compress)) gzip.Write(bytes);
        return memory.ToArray();
    }
}
