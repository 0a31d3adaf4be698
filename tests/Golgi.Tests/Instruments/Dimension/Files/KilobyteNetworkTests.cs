using Golgi.Instruments.Dimension.Files;
using Golgi.Jobs;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Instruments.Dimension.Files;

[Collection(TorchState.Name)]
public sealed class KilobyteNetworkTests
{
    [Theory]
    [InlineData("32", 1e-9)]
    [InlineData("16", 0.005)]
    [InlineData("8", 0.02)]
    [InlineData("codebook:16", 0.1)]
    [InlineData("codebook:5", 1)]
    public void A_file_makes_the_network_again_to_the_bit(string code, double loss)
    {
        using var data = TinyTask.Open();
        using var folder = new Scratch();
        var done = new Workspace(folder.Folder).Run(new CompressJob(TinyTask.Problem, data, 400, CoordinateCode.Parse(code)));
        string path = Path.Combine(done.Artifacts, CompressJob.FileName);
        var report = done.Result;
        Assert.Equal(new FileInfo(path).Length, report.Bytes);
        Assert.True(report.Bytes < (400 * 4) + 200);
        Assert.InRange(report.TestAccuracy, report.ExactAccuracy - loss, 1);
        var (description, network) = KilobyteFile.Read(path);
        using (network)
        {
            Assert.Equal(400, description.Dimension);
            Assert.Equal(report.Predictions, CompressJob.Predictions(network, data));
        }
    }

    [Fact]
    public void A_changed_seed_architecture_or_coordinate_and_a_cut_file_are_told_apart_from_a_whole_one()
    {
        using var data = TinyTask.Open();
        using var folder = new Scratch();
        var job = new CompressJob(TinyTask.Problem with { Steps = 5 }, data, 20, CoordinateCode.Parse("16"));
        string path = Path.Combine(new Workspace(folder.Folder).Run(job).Artifacts, CompressJob.FileName);
        byte[] whole = File.ReadAllBytes(path);
        int seed = whole.Length - 8 - 40 - 3 - 8; // from the end: fingerprint, coordinates, code and d, seed
        foreach (var (at, expected) in new[] { (seed, "seed"), (whole.Length - 20, "seed"), (0, "GKN1"), (5, "model") })
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            File.WriteAllBytes(path, changed);
            var error = Record.Exception(() => KilobyteFile.Read(path)) as InvalidDataException;
            Assert.True(error is not null, $"A change of byte {at} of {whole.Length} went unseen.");
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }

        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => KilobyteFile.Read(path));
        }
    }

    [Fact]
    public void Rounding_to_fewer_bits_keeps_coordinates_within_half_a_step()
    {
        float[] coordinates = [.. Enumerable.Range(0, 101).Select(i => (i - 50) * 0.173f)];
        foreach (var (text, error) in new[] { ("32", 0.0), ("16", 0.005), ("8", 0.5 * 8.65 / 127 * 1.001), ("codebook:256", 1e-6) })
        {
            var code = CoordinateCode.Parse(text);
            byte[] bytes = code.Encode(coordinates);
            Assert.Equal(code.Size(101), bytes.Length);
            Assert.All(code.Decode(bytes, 101).Zip(coordinates), pair => Assert.Equal(pair.Second, pair.First, error));
        }
    }

    [Theory]
    [InlineData("4")]
    [InlineData("codebook:1")]
    [InlineData("codebook:999")]
    [InlineData("")]
    public void A_code_that_is_none_is_refused(string text) => Assert.ThrowsAny<ArgumentException>(() => CoordinateCode.Parse(text));

    [Fact]
    public void Networks_with_running_statistics_cannot_be_made_from_a_seed()
    {
        var network = new KilobyteNetwork(
            "resnet20", [3, 8, 8], 10, "kaiming-normal", Golgi.Data.Preprocessing.UnitRange, "grouping", 1, 5, CoordinateCode.Parse("8"),
            new byte[9]);
        Assert.Contains("batch normalization", Assert.Throws<ArgumentException>(() => network.Expand()).Message);
    }
}
