using System.Text.Json;
using Golgi.Tests.Instruments.Similarity;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.App;

/// <summary>The verbs that look at whole networks, on convolutional networks of a second's training.</summary>
[Collection(TorchState.Name)]
[Trait("Speed", "Slow")]
public sealed class StudyCommandTests(StudyRuns runs) : IClassFixture<StudyRuns>
{
    private readonly string table = Path.Combine(runs.Folder, "numbers.csv");

    [Theory]
    [InlineData("--method", "svcca")]
    [InlineData("--method", "cka-debiased")]
    [InlineData("--method", "cca", "--spatial", "dft", "--frequencies", "3")]
    [InlineData("--method", "cka", "--companions", "formula")]
    public void A_grid_has_companions_for_every_pair(params string[] options)
    {
        var grid = Call(
            [
                "grid", runs.True[0], "--other", runs.True[1], "--layers", "relu2", "relu4", "--other-layers", "relu1", "fc2", "--examples", "300",
                .. options,
            ]);
        Assert.Equal(2, grid.GetProperty("values").GetArrayLength());
        bool all = !options.Contains("formula");
        foreach (string name in new[] { "shuffled", "intervals", "held_out" })
        {
            Assert.Equal(all ? JsonValueKind.Array : JsonValueKind.Null, grid.GetProperty(name).ValueKind);
        }

        Assert.Equal(1 + 4, File.ReadAllLines(table).Length);
        if (!all) return;
        double value = grid.GetProperty("values")[1][1].GetDouble();
        var interval = grid.GetProperty("intervals")[1][1];
        Assert.InRange(value, interval.GetProperty("low").GetDouble(), interval.GetProperty("high").GetDouble());
    }

    [Fact]
    public void Groups_of_networks_are_compared_and_their_training_labels_counted()
    {
        var found = Call(["groups", "--first", .. runs.True, "--second", .. runs.Shuffled, "--layers", "relu4", "--examples", "300"]);
        var networks = found.GetProperty("networks").EnumerateArray().ToArray();
        Assert.Equal(["first", "first", "second", "second"], networks.Select(network => network.GetProperty("group").GetString()!));
        double learned = networks[0].GetProperty("test_accuracy").GetDouble(), memorized = networks[2].GetProperty("test_accuracy").GetDouble();
        Assert.True(learned > memorized + 0.2, $"{learned} {memorized}");
        Assert.Equal(1, found.GetProperty("similarity").GetProperty("first")[0].GetProperty("pairs").GetInt32());
    }

    [Fact]
    public void Learning_is_followed_with_a_null_for_every_layer()
    {
        var found = Call("dynamics", runs.True[0], "--examples", "300", "--layers", "relu1", "relu4");
        Assert.Equal(2, found.GetProperty("nulls").GetArrayLength());
        Assert.Equal(1, found.GetProperty("similarity")[0].EnumerateArray().Last().GetDouble(), 9);
    }

    [Fact]
    public void Directions_of_maps_are_those_of_their_channels()
    {
        var found = Call("directions", runs.True[0], "--layer", "relu2", "--other", runs.True[1], "--counts", "3", "24");
        double full = found.GetProperty("full").GetDouble();
        Assert.Equal(24, found.GetProperty("features").GetInt32());
        foreach (var curve in found.GetProperty("curves").EnumerateArray())
        {
            if (curve.GetProperty("directions").EnumerateArray().Last().GetInt32() == 24)
            {
                Assert.Equal(full, curve.GetProperty("accuracy").EnumerateArray().Last().GetDouble(), 2.1e-2);
            }
        }
    }

    [Fact]
    public void Convolutions_are_compressed_too()
    {
        var found = Call("compress", runs.True[0], "--shares", "0.25", "1");
        string[] layers = [.. found.GetProperty("layers").EnumerateArray().Select(layer => layer.GetString()!)];
        Assert.Contains("conv2", layers);
        Assert.Contains("fc1", layers);
        var points = found.GetProperty("points").EnumerateArray().ToArray();
        // A quarter of the directions: conv2 with 3 + 1 channels 52 + 888, conv3 with 6 + 1 175 + 3,072; fc1 and fc2 would grow and stay.
        long quarter = 312 + (52 + 888) + (175 + 3072) + 27712 + 650;
        Assert.All(points.Where(point => point.GetProperty("share").GetDouble() < 1), point =>
        {
            long parameters = point.GetProperty("parameters").GetInt64();
            if (point.GetProperty("source").GetString() == "svcca_logits") Assert.InRange(parameters, 1, quarter - 1); // ten logits at most
            else Assert.Equal(quarter, parameters);
        });
        var whole = points.Where(point => point.GetProperty("share").GetDouble() == 1 && point.GetProperty("source").GetString() != "svcca_logits");
        Assert.All(whole, point => Assert.Equal(1, point.GetProperty("size").GetDouble()));
    }

    [Fact]
    public void Sensitivity_is_a_table_of_classes_and_layers()
    {
        var found = Call("sensitivity", runs.True[0], "--layers", "relu1", "relu4", "--examples", "300");
        Assert.Equal(10, found.GetProperty("values").GetArrayLength());
        Assert.Equal(1 + 20, File.ReadAllLines(table).Length);
    }

    [Theory]
    [InlineData("grid")]
    [InlineData("dynamics")]
    [InlineData("sensitivity")]
    public void A_wrong_layer_ends_with_the_nearest_ones(string verb)
    {
        var call = Tool.Call("similarity", verb, runs.True[0], "--layers", "rellu2", "--json", "--quiet");
        Assert.Equal(2, call.ExitCode);
        Assert.Contains("Nearest: relu2", call.Error);
        Assert.Empty(call.Output);
        var compare = Tool.Call("similarity", "compare", $"{runs.True[0]}:rellu2", $"{runs.True[0]}:relu2", "--json", "--quiet");
        Assert.Equal(2, compare.ExitCode);
        Assert.Contains("Nearest: relu2", compare.Error);
    }

    private JsonElement Call(params string[] arguments)
    {
        var call = Tool.Call(["similarity", .. arguments, "--csv", table, "--runs", runs.Folder, "--json", "--quiet"]);
        Assert.True(call.ExitCode == 0, call.Error);
        Assert.DoesNotContain("NaN", call.Output);
        Assert.NotEmpty(File.ReadAllText(table));
        return JsonDocument.Parse(call.Output).RootElement;
    }
}
