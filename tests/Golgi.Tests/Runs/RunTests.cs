using System.Text.Json.Nodes;
using Golgi.Runs;
using Golgi.Tests.Data;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Runs;

public sealed class RunTests
{
    [Fact]
    public void The_name_depends_on_the_options_and_not_on_their_order()
    {
        var one = new RunConfiguration("train", "x", new JsonObject { ["a"] = 1, ["b"] = new JsonObject { ["c"] = 2, ["d"] = 3 } });
        var same = new RunConfiguration("train", "x", new JsonObject { ["b"] = new JsonObject { ["d"] = 3, ["c"] = 2 }, ["a"] = 1 });
        var other = new RunConfiguration("train", "x", new JsonObject { ["a"] = 1, ["b"] = new JsonObject { ["c"] = 2, ["d"] = 4 } });
        Assert.Equal(one.Name, same.Name);
        Assert.NotEqual(one.Name, other.Name);
        Assert.NotEqual(one.Name, (one with { Kind = "find" }).Name);
    }

    [Fact]
    public void A_result_comes_back_and_marks_the_run_as_finished()
    {
        using var scratch = new Scratch();
        using (var run = Open(scratch))
        {
            Assert.False(run.Finished);
            Assert.Throws<InvalidDataException>(run.Result<Outcome>);
            run.Finish(new Outcome(0.5, double.NaN));
        }

        using var again = Open(scratch);
        Assert.True(again.Finished);
        Assert.Equal(new Outcome(0.5, double.NaN), again.Result<Outcome>());
    }

    [Fact]
    public void Measurements_come_back_and_can_be_trimmed_to_a_checkpoint()
    {
        using var scratch = new Scratch();
        using var run = Open(scratch);
        foreach (long step in (long[])[10, 20, 30]) run.Log(step, new Dictionary<string, double> { ["loss"] = step / 7.0, ["odd"] = double.NaN });
        run.TrimMetricsAfter(20);
        run.Log(25, new Dictionary<string, double> { ["loss"] = 1 });
        Assert.Equal([10L, 20, 25], run.Metrics.Select(row => row.Step));
        Assert.Equal(20 / 7.0, run.Metrics[1].Values["loss"]);
        Assert.True(double.IsNaN(run.Metrics[1].Values["odd"]));
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(run.Folder, "tensorboard")));
    }

    [Fact]
    public void A_line_that_a_kill_cut_short_is_passed_over()
    {
        using var scratch = new Scratch();
        using var run = Open(scratch);
        run.Log(10, new Dictionary<string, double> { ["loss"] = 1 });
        File.AppendAllText(Path.Combine(run.Folder, "metrics.jsonl"), "{\"step\":20,\"lo");
        Assert.Equal([10L], run.Metrics.Select(row => row.Step));
    }

    [Fact]
    public void A_run_that_is_open_cannot_be_opened_again()
    {
        using var scratch = new Scratch();
        using var run = Open(scratch);
        var error = Assert.Throws<IOException>(() => Open(scratch));
        Assert.Contains("another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_network_is_refused_and_changes_nothing()
    {
        using var scratch = new Scratch();
        using var run = Open(scratch);
        using var stored = ones(2, 3);
        using var fits = zeros(2, 3);
        using var differs = zeros(3, 2);
        run.SaveCheckpoint("last", [("weight", stored)]);
        var missing = Assert.Throws<InvalidDataException>(() => run.LoadCheckpoint("last", [("weight", fits), ("bias", fits)]));
        Assert.Contains("'bias'", missing.Message, StringComparison.Ordinal);
        var shape = Assert.Throws<InvalidDataException>(() => run.LoadCheckpoint("last", [("weight", differs)]));
        Assert.Contains("[2, 3]", shape.Message, StringComparison.Ordinal);
        Assert.Equal(0f, fits.sum().item<float>());
    }

    [Fact]
    public void An_edited_configuration_is_noticed()
    {
        using var scratch = new Scratch();
        string folder;
        using (var run = Open(scratch)) folder = run.Folder;
        string path = Path.Combine(folder, "config.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"a\": 1", "\"a\": 2", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => Run.Read(folder));
        Assert.Throws<InvalidDataException>(() => Run.Read(scratch.Folder));
    }

    private static Run Open(Scratch scratch) =>
        Run.Open(scratch.Folder, new RunConfiguration("test", "tiny", new JsonObject { ["a"] = 1 }));

    private sealed record Outcome(double Accuracy, double Missing);
}
