using System.Text.Json;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.App;

[Collection(TorchState.Name)]
public sealed class TicketCommandTests
{
    private static readonly string[] Small =
        ["--data", "strokes:300", "--model", "fc-784-20-15-10", "--steps", "20", "--batch", "30", "--evaluations", "2", "--quiet", "--json"];

    [Fact]
    public void A_search_prints_levels_with_intervals_and_controls()
    {
        using var scratch = new Scratch();
        var run = Tool.Call(["tickets", "find", .. Small, "--rounds", "1", "--rate", "0.5", "--replicates", "2", "--out", scratch.Folder]);
        Assert.Equal(0, run.ExitCode);
        var levels = JsonDocument.Parse(run.Output).RootElement.GetProperty("levels");
        Assert.Equal(1, levels[0].GetProperty("remaining").GetDouble());
        var controls = levels[1].GetProperty("controls");
        foreach (var accuracy in new[] { levels[1].GetProperty("accuracy"), controls.GetProperty("random"), controls.GetProperty("reinit") })
        {
            Assert.Equal(2, accuracy.GetProperty("values").GetArrayLength());
            Assert.InRange(accuracy.GetProperty("mean").GetDouble(), accuracy.GetProperty("low").GetDouble(),
                accuracy.GetProperty("high").GetDouble());
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_supermask_s_file_gives_its_accuracy_again_in_another_process_and_shrinks()
    {
        using var scratch = new Scratch();
        var found = Tool.Call(["tickets", "supermask", .. Small, "--learn", "bernoulli", "--replicates", "1", "--out", scratch.Folder]);
        Assert.Equal(0, found.ExitCode);
        var mask = JsonDocument.Parse(found.Output).RootElement.GetProperty("learned").GetProperty("bernoulli").GetProperty("replicates")[0];
        string ticket = Path.Combine(scratch.Folder, mask.GetProperty("run").GetString()!, "artifacts", "ticket.safetensors");
        var applied = Tool.Start(new Dictionary<string, string>(), "tickets", "apply", ticket, "--data", "strokes:300", "--json", "--quiet");
        Assert.True(applied.ExitCode == 0, applied.Error);
        Assert.Equal(mask.GetProperty("rounded").GetDouble(), JsonDocument.Parse(applied.Output).RootElement.GetProperty("accuracy").GetDouble());

        var shrunk = Tool.Call("tickets", "shrink", ticket, "--data", "strokes:300", "--to", scratch["small.onnx"], "--out", scratch.Folder,
            "--json", "--quiet");
        Assert.True(shrunk.ExitCode == 0, shrunk.Error);
        Assert.True(File.Exists(scratch["small.onnx"]));
        Assert.True(JsonDocument.Parse(shrunk.Output).RootElement.GetProperty("agrees").GetBoolean());
    }

    [Theory]
    [InlineData("--criteria none", "one of them must name something")]
    [InlineData("--no-rescale", "more about --learn")]
    [InlineData("--criteria random --weights initial", "more about --learn")]
    public void A_supermask_that_nobody_asked_for_is_told(string options, string told)
    {
        using var scratch = new Scratch();
        var run = Tool.Call(["tickets", "supermask", .. Small, .. options.Split(' '), "--out", scratch["none"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch["none"]));
    }

    [Fact]
    public void Pages_of_searches_and_comparisons_hold_plots_and_pictures()
    {
        using var scratch = new Scratch();
        string[] rounds = ["--rounds", "1", "--rate", "0.5", "--replicates", "1", "--out", scratch.Folder, "--figure"];
        Assert.Equal(0, Tool.Call(["tickets", "find", .. Small, .. rounds, scratch["page.html"], "--no-controls"]).ExitCode);
        Assert.Contains("What the criterion kept", File.ReadAllText(scratch["page.html"]), StringComparison.Ordinal);
        Assert.Equal(0, Tool.Call(["tickets", "compare", "zeros", .. Small, .. rounds, scratch["page.html"], "--settings", "variant-1"]).ExitCode);
        string page = File.ReadAllText(scratch["page.html"]);
        Assert.Contains("variant-1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("variant-2", page, StringComparison.Ordinal);

        Assert.Equal(0, Tool.Call(["tickets", "find", .. Small, .. rounds, scratch["curve.png"], "--no-controls"]).ExitCode);
        Assert.Equal("PNG"u8, File.ReadAllBytes(scratch["curve.png"]).AsSpan(1, 3));
        var refused = Tool.Call(["tickets", "find", .. Small, .. rounds, scratch["curve.gif"]]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(".svg, .png or .html", refused.Error, StringComparison.Ordinal);
    }
}
