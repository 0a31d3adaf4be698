using System.Text.Json;
using Golgi.Data;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Jobs;
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

    [Fact]
    public void The_same_question_in_other_words_or_from_C_is_answered_from_its_run()
    {
        using var scratch = new Scratch();
        string[] find = ["tickets", "find", .. Small, "--rounds", "1", "--replicates", "1", "--no-controls", "--runs", scratch["runs"]];
        var first = Json(find);
        var again = Json([.. find, "--criterion", "large-final", "--rate", "0.20", "--out", scratch["copy"]]);
        Assert.Equal(first.GetProperty("run").GetString(), again.GetProperty("run").GetString());
        Assert.Equal(first.GetProperty("time").GetProperty("seconds").GetDouble(), again.GetProperty("time").GetProperty("seconds").GetDouble());
        Assert.Contains("What the criterion kept", File.ReadAllText(Path.Combine(scratch["copy"], "page.html")), StringComparison.Ordinal);
        Assert.NotEqual(first.GetProperty("run").GetString(), Json([.. find, "--seed", "1"]).GetProperty("run").GetString());

        using var data = DataCatalog.Open("strokes:300");
        var recipe = Blueprint.Usual("strokes:300", "fc-784-20-15-10") with { Steps = 20, Batch = 30, Evaluations = 2 };
        using var job = new FindTicketsJob(Blueprint.Of(recipe, data), new TicketOptions { Recipe = recipe, Rounds = 1, Controls = [] }, [0]);
        var fromCode = new Workspace(scratch["runs"]).Run(job);
        Assert.True(fromCode.Remembered);
        Assert.Equal(first.GetProperty("levels")[1].GetProperty("accuracy").GetProperty("mean").GetDouble(), fromCode.Result.Levels[1].Accuracy.Mean);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Two_workers_find_what_one_process_finds()
    {
        using var scratch = new Scratch();
        string[] find = ["tickets", "find", .. Small, "--rounds", "1", "--replicates", "2"];
        var alone = Json([.. find, "--runs", scratch["alone"]]);
        var shared = Tool.Start(new Dictionary<string, string>(), [.. find, "--runs", scratch["shared"], "--workers", "2"]);
        Assert.True(shared.ExitCode == 0, shared.Error);
        static string Numbers(JsonElement found) => string.Join(' ', found.GetProperty("levels").EnumerateArray().SelectMany(level =>
            new[] { "accuracy", "controls", "final_accuracy", "untrained", "sign_flips" }.Select(name => level.GetProperty(name).GetRawText())));
        Assert.Equal(Numbers(alone), Numbers(JsonDocument.Parse(shared.Output).RootElement));
    }

    [Fact]
    public void Stability_takes_a_ticket_by_its_run_and_tells_of_each_fork()
    {
        using var scratch = new Scratch();
        string[] runs = ["--runs", scratch.Folder];
        var found = Json(["tickets", "find", .. Small, "--rounds", "1", "--replicates", "1", "--no-controls", .. runs]);
        string ticket = found.GetProperty("levels")[1].GetProperty("replicates")[0].GetProperty("run").GetString()!;
        string[] look = ["tickets", "stability", .. Small, "--forks", "0", "10", "--points", "2", "--replicates", "1", .. runs, "--ticket"];
        var stable = Json([.. look, ticket]);
        Assert.Equal([0, 10], stable.GetProperty("forks").EnumerateArray().Select(fork => fork.GetProperty("fork").GetInt64()));
        string file = Path.Combine(scratch.Folder, ticket, "artifacts", "ticket.safetensors");
        Assert.Equal(stable.GetProperty("run").GetString(), Json([.. look, file]).GetProperty("run").GetString());

        var applied = Json(["tickets", "apply", ticket, "--data", "strokes:300", "--json", "--quiet", .. runs]);
        Assert.Equal(
            found.GetProperty("levels")[1].GetProperty("final_accuracy").GetProperty("mean").GetDouble(),
                applied.GetProperty("accuracy").GetDouble());
        var refused = Tool.Call(["tickets", "apply", "fc-784-20-15-10", "--data", "strokes:300", .. runs]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("no ticket", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--layer-rate", "conv*=2")]
    [InlineData("--rate", "0,5")]
    [InlineData("--replicates", "0")]
    [InlineData("--criterion", "large-finale")]
    [InlineData("--mask1", "rewound")]
    [InlineData("--rounds", "0")]
    public void A_mistake_in_an_option_is_told_by_its_name(string option, string value)
    {
        using var scratch = new Scratch();
        var run = Tool.Call(["tickets", "find", .. Small, option, value, "--runs", scratch["none"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch["none"]));
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

    private static JsonElement Json(string[] command)
    {
        var run = Tool.Call(command);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
