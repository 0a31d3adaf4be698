using System.Text.Json.Nodes;
using Golgi.App.Commands;
using Golgi.Interchange.Onnx;
using Golgi.Networks.Catalog;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.App;

/// <summary><c>golgi dimension</c> as a user calls it.</summary>
public sealed class DimensionCommandTests
{
    private static readonly string[] Small = ["--data", "strokes:600", "--model", "fc-784-20-10", "--batch", "50"];

    public static TheoryData<string, string[]> Mistakes => new()
    {
        { "between 1 and 15910", ["measure", "--at", "0", "--workers", "1"] },
        { "between 1 and 15910", ["measure", "--at", "15911", "--workers", "1"] },
        { "ten", ["measure", "--at", "ten"] },
        { "between 5 and 15910", ["measure", "--at", "4", "--spread", "scaled", "--workers", "1"] },
        { "fastfood", ["measure", "--projection", "fastfod"] },
        { "snapshots", ["measure", "--projection", "trajectory", "--at", "50", "--steps", "60", "--workers", "1"] },
        { "absolute", ["measure", "--baseline", "best"] },
        { "travel", ["measure", "--step-size", "quick"] },
        { ".svg", ["measure", "--at", "5", "--steps", "2", "--workers", "1", "--replicates", "1", "--figure", "curve.pdf"] },
        { "--from", ["adapt"] },
        { "no-such-run", ["adapt", "--from", "no-such-run"] },
        { "--d", ["compress"] },
        { "between 1 and", ["compress", "--d", "0"] },
        { "between 1 and 15910", ["compress", "--d", "20000"] },
        { "many", ["compress", "--d", "many"] },
        { "codebook", ["compress", "--d", "5", "--bits", "7"] },
        { "burn-in", ["compress", "--d", "5", "--burn-in", "3"] },
        { "no-such-run", ["compress", "no-such-run", "--d", "5"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named(string expected, string[] command)
    {
        using var scratch = new Scratch();
        var run = Tool.Call(["dimension", command[0], .. Small, .. command[1..], "--out", scratch["out"], "--quiet"]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_file_is_measured_and_not_compressed()
    {
        using var scratch = new Scratch();
        string file = scratch["net.onnx"];
        string[] common = ["--data", "strokes:600", "--model", file, "--steps", "5", "--batch", "50", "--runs", scratch["runs"], "--quiet", "--json"];
        var missing = Tool.Call(["dimension", "measure", "--at", "5", .. common]);
        Assert.Equal(ExitCode.BadInput, missing.ExitCode);
        Assert.Contains($"There is no file '{file}'", missing.Error, StringComparison.Ordinal);

        using (var network = ModelCatalog.Build("fc-784-20-10", [1, 28, 28], 10, null, 0)) OnnxExporter.Export(file, network, [1, 28, 28]);
        var measured = Done(["dimension", "measure", "--at", "5", "--replicates", "1", "--workers", "1", .. common]);
        Assert.Equal("net.onnx", (string?)measured["model"]);
        Assert.Equal(15910, (int)measured["weights"]!);

        var refused = Tool.Call(["dimension", "compress", "--d", "5", .. common]);
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("net.onnx is no architecture of the catalog", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measured_run_is_compressed_by_its_name_and_expands_to_the_same_predictions()
    {
        using var scratch = new Scratch();
        string[] common = ["--out", scratch["out"], "--quiet", "--json"];
        string figure = scratch["curve.svg"], file = scratch["small.gkn"];
        var measured = Done(
            ["dimension", "measure", .. Small, "--steps", "30", "--at", "5", "50", "--replicates", "2", "--workers", "1",
             "--figure", figure, .. common]);
        Assert.Equal([5, 50], measured["curve"]!.AsArray().Select(point => (int)point!["d"]!));
        Assert.Contains("xmlns", File.ReadAllText(figure), StringComparison.Ordinal);
        Assert.Contains("to exceed", File.ReadAllText(figure), StringComparison.Ordinal);

        var compressed = Done(["dimension", "compress", "dimension-measure", "--d", "60", "--to", file, .. common]);
        Assert.True((long)compressed["bytes"]! < 300);
        var expanded = Done(["dimension", "expand", file, "--data", "strokes:600", .. common]);
        Assert.Equal((string)compressed["predictions"]!, (string)expanded["predictions"]!);

        var mistaken = Tool.Call("dimension", "adapt", "--data", "strokes:600", "--model", "fc-784-30-10", "--from", file, "--quiet");
        Assert.Equal(ExitCode.BadInput, mistaken.ExitCode);
    }

    [Fact]
    public void A_trained_network_is_adapted_and_advice_follows_from_the_dimension()
    {
        using var scratch = new Scratch();
        string[] common = ["--out", scratch["out"], "--quiet", "--json"];
        Done(["train", .. Small, "--steps", "40", .. common]);
        var found = Done(
            ["dimension", "adapt", .. Small, "--from", "train-", "--steps", "30", "--at", "10", "300", "--replicates", "1",
             "--workers", "1", "--baseline", "absolute:0.3", .. common]);
        Assert.Equal(15_910, (long)found["plain"]!["weights"]!);
        Assert.Equal(2, found["scaled"]!["curve"]!.AsArray().Count);
        if (found["advice"] is { } advice) Assert.True((long)advice["low_rank_coordinates"]! >= (int)advice["coordinates"]!);

        var other = Tool.Call(["dimension", "adapt", "--data", "strokes:600", "--model", "fc-784-30-10", "--from", "train-", .. common]);
        Assert.Equal(ExitCode.BadInput, other.ExitCode);
        Assert.Contains("another network", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20", "--optimizer", "es")]
    [InlineData("5", "--projection", "trajectory", "--step-size", "travel:0.3")]
    [InlineData("100", "--projection", "kronecker")]
    [InlineData("20", "--projection", "orthonormal")]
    [InlineData("20", "--burn-in", "20")]
    public void Other_ways_into_a_subspace_learn_too(string dimension, params string[] options)
    {
        using var scratch = new Scratch();
        var report = Done(
            ["dimension", "measure", .. Small, "--steps", "60", "--at", dimension, "--replicates", "1", "--workers", "1",
             "--baseline", "absolute:1", .. options, "--out", scratch["out"], "--quiet", "--json"]);
        double accuracy = (double)report["curve"]![0]!["accuracy"]!["mean"]!;
        Assert.True(accuracy > 0.17, $"{string.Join(' ', options)}: {accuracy:P1} where chance is 10 %");
    }

    private static JsonNode Done(string[] command)
    {
        var run = Tool.Call(command);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        return JsonNode.Parse(run.Output)!;
    }
}
