using System.Text.Json;
using Golgi.App.Commands;
using Golgi.Ascent.Priors;
using Golgi.Networks.Catalog;
using Golgi.Runs;
using Golgi.Tensors;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.App;

/// <summary><c>golgi see</c> and its verbs on an untrained network: what they write, not what it looks like.</summary>
[Collection(TorchState.Name)]
public sealed class SeeCommandTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly string model;

    public SeeCommandTests()
    {
        Save(seed: 3);
        model = $"cnn-small+{scratch["w.safetensors"]}";
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_class_gets_a_picture_a_sheet_and_numbers_in_the_words_of_the_contract()
    {
        var result = See("--class", "3", "--preset", "olah2017", "--steps", "4", "--seed", "1");
        var image = result.GetProperty("images")[0];
        Assert.Equal("finished", result.GetProperty("outcome").GetString());
        Assert.True(result.GetProperty("seconds").GetDouble() >= 0);
        Assert.Equal(4, image.GetProperty("steps").GetInt32());
        Assert.InRange(image.GetProperty("probability").GetDouble(), 0, 1);
        Assert.InRange(image.GetProperty("rank").GetInt32(), 1, 10);
        Assert.NotEqual(image.GetProperty("activation").GetDouble(), image.GetProperty("start_activation").GetDouble());
        Assert.True(File.Exists(scratch[Path.Combine("out", image.GetProperty("file").GetString()!)]));
        Assert.True(File.Exists(scratch[Path.Combine("out", "sheet.png")]));
    }

    [Fact]
    public void Stretched_contrast_changes_what_is_drawn_and_leaves_the_values()
    {
        byte[][] Made(string contrast)
        {
            string file = See("--class", "3", "--preset", "simonyan2013", "--steps", "2", "--contrast", contrast).GetProperty("images")[0]
                .GetProperty("file").GetString()!;
            return [.. new[] { file, "sheet.png", "pictures.npy" }.Select(name => File.ReadAllBytes(scratch[Path.Combine("out", name)]))];
        }

        byte[][] plain = Made("plain"), stretched = Made("stretched");
        Assert.NotEqual(plain[0], stretched[0]);
        Assert.NotEqual(plain[1], stretched[1]);
        Assert.Equal(plain[2], stretched[2]);
    }

    [Fact]
    public void A_picture_fainter_than_a_gray_level_keeps_its_values_and_is_told_of()
    {
        string[] command = ["see", model, "--data", "strokes:200", "--class", "3", "--preset", "yosinski2015-1", "--start", "mean", "--steps", "2",
            "--optimizer", "progress", "--rate", "1e-6", "--out", scratch["faint"]];
        var run = Tool.Call(command);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("--contrast stretched", run.Error);
        using var saved = Npy.Read(scratch[Path.Combine("faint", "pictures.npy")]);
        Assert.Equal([1, 1, 28, 28], saved.shape);
        float least = saved.min().item<float>(), most = saved.max().item<float>();
        Assert.InRange(most - least, 1e-9, 0.5 / 255);
        Assert.DoesNotContain("--contrast stretched", Tool.Call([.. command, "--contrast", "stretched"]).Error);

        string[] compare =
            ["see", "compare", model, "--judge", model, "--presets", "yosinski2015-2", "--class", "3", "--steps", "30", "--out", scratch["cmp"]];
        Assert.Contains("yosinski2015-2: pale", Tool.Call(compare).Error);
        Assert.DoesNotContain("pale", Tool.Call([.. compare, "--contrast", "stretched"]).Error);
    }

    [Fact]
    public void A_folder_whose_values_are_not_those_of_its_pictures_is_refused()
    {
        See("--class", "1,2", "--steps", "2");
        using var one = TorchSharp.torch.zeros(1, 1, 28, 28);
        Npy.Write(scratch[Path.Combine("out", "pictures.npy")], one);
        var run = Tool.Call(["see", "judge", model, scratch["out"]]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("tells of 2 pictures", run.Error);
    }

    /// <summary>An option that went astray would leave the picture as it is.</summary>
    [Fact]
    public void Every_prior_s_option_changes_the_picture()
    {
        string[] amounts =
        [
            "l2 100", "alpha-norm 100", "tv 100", "blur-energy 100", "decay 0.3", "blur 2", "clip-norm 50", "clip-contribution 50", "bilateral 1",
            "tv-denoise 0.1", "patches 1000", "patch-mixture 100",
        ];
        Assert.Equal(PriorCatalog.All.Select(kind => kind.Name).Order(), amounts.Select(amount => amount.Split(' ')[0]).Order());
        byte[] without = Made();
        Assert.Equal(without, Made());
        Assert.All(amounts, amount => Assert.False(without.AsSpan().SequenceEqual(Made($"--{amount}".Split(' '))), amount));

        byte[] Made(params string[] options)
        {
            See(["--class", "3", "--preset", "pixels", "--canvas", "pixels", "--optimizer", "normalized", "--steps", "2", .. options]);
            return File.ReadAllBytes(scratch[Path.Combine("out", "pictures.npy")]);
        }
    }

    [Fact]
    public void The_three_terms_of_the_probabilistic_form_are_logged_for_every_step()
    {
        See("--class", "3", "--preset", "simonyan2013", "--l2", "1", "--langevin", "0.5,3,2", "--steps", "3");
        using var saved = JsonDocument.Parse(File.ReadAllText(scratch[Path.Combine("out", "see.json")]));
        var terms = saved.RootElement.GetProperty("traces")[0].GetProperty("terms");
        Assert.Equal(3, terms.GetArrayLength());
        Assert.All(terms.EnumerateArray().Skip(1), term => Assert.All(
            (string[])["prior", "condition", "noise"], name => Assert.True(term.GetProperty(name).GetDouble() > 0)));
    }

    [Theory]
    [InlineData("--layer conv2 --unit 0,3 --weights 1,-0.5")]
    [InlineData("--layer conv2 --whole")]
    [InlineData("--class 1,2 --weights 1,1 --octaves 1 --preset simonyan2013")]
    [InlineData("--layer conv2 --unit 1 --views pad:3/shift:2/scale:0.1/rotate:5/blur:0.5 --canvas pyramid")]
    [InlineData("--layer fc1 --unit 1 --scale probability --per-unit 2 --diversity 1 --diversity-layer conv2")]
    public void Every_kind_of_objective_and_view_is_reached_from_the_command(string options)
    {
        var result = See([.. options.Split(' '), "--steps", "3"]);
        Assert.All(result.GetProperty("images").EnumerateArray(), image => Assert.Equal(3, image.GetProperty("steps").GetInt32()));
    }

    [Fact]
    public void A_direction_is_the_difference_of_what_two_pictures_excite()
    {
        See("--class", "1,2", "--steps", "2");
        string[] files = [.. Directory.EnumerateFiles(scratch["out"], "class-*.png").Order()];
        var result = See("--layer", "conv2", "--toward", files[0], "--away-from", files[1], "--steps", "6");
        var image = result.GetProperty("images")[0];
        Assert.Equal(JsonValueKind.Null, image.GetProperty("rank").ValueKind);
        Assert.True(image.GetProperty("activation").GetDouble() > image.GetProperty("start_activation").GetDouble());
    }

    [Theory]
    [InlineData("conv2", "--layer conv22 --unit 1")]
    [InlineData("0..11", "--layer conv1 --unit 9999")]
    [InlineData("does not take pictures of 14x14", "--class 1 --octaves 3 --preset simonyan2013")]
    [InlineData("2 numbers for 1 units", "--layer conv1 --unit 1 --weights 1,2")]
    [InlineData("Name it with --layer", "--whole")]
    [InlineData("jitter:PIXELS", "--class 1 --views shake")]
    [InlineData("olah2017", "--class 1 --preset olah2018")]
    [InlineData("mean, noise", "--class 1 --start nowhere.png")]
    [InlineData("plain pixels", "--class 1 --start noise")]
    [InlineData("plain pixels", "--class 1 --decay 0.1")]
    public void Mistakes_are_told_and_leave_nothing_behind(string told, string options)
    {
        var run = Tool.Call(["see", model, "--data", "strokes:200", "--out", scratch["bad"], .. options.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Error);
        Assert.False(Directory.Exists(scratch["bad"]));
    }

    [Fact]
    public void A_comparison_makes_what_is_missing_and_keeps_what_is_there()
    {
        string[] command =
        [
            "see", "compare", model, "--data", "strokes:200", "--judge", model, "--presets", "pixels,pixels+jitter:2", "--class", "0..2",
            "--steps", "3", "--out", scratch["cmp"], "--json",
        ];
        var first = Tool.Call(command);
        Assert.True(first.ExitCode == 0, first.Error);
        var rows = JsonDocument.Parse(first.Output).RootElement.GetProperty("rows");
        Assert.Equal(["photographs", "pixels", "pixels+jitter:2"], rows.EnumerateArray().Select(row => row.GetProperty("method").GetString()!));
        Assert.True(File.Exists(scratch[Path.Combine("cmp", "compare.png")]));
        // The judge is the network itself: it ranks what it was shown as the target does.
        Assert.All(rows.EnumerateArray(), row => Assert.Equal(row.GetProperty("target_top5").GetDouble(), row.GetProperty("judge_top5").GetDouble()));

        string kept = Directory.EnumerateFiles(scratch[Path.Combine("cmp", "pixels")], "class-*.png").First();
        var before = File.GetLastWriteTimeUtc(kept);
        Directory.Delete(scratch[Path.Combine("cmp", "pixels-jitter2")], recursive: true);
        var second = Tool.Call(command);
        Assert.Equal(rows.ToString(), JsonDocument.Parse(second.Output).RootElement.GetProperty("rows").ToString());
        Assert.Equal(before, File.GetLastWriteTimeUtc(kept));
        Assert.DoesNotContain("pixels: making", second.Error);
        Assert.DoesNotContain("making", Tool.Call([.. command, "--batch", "2", "--threads", "1"]).Error);

        byte[] sheet = File.ReadAllBytes(scratch[Path.Combine("cmp", "compare.png")]);
        Assert.DoesNotContain("pale", second.Error);
        var stretched = Tool.Call([.. command, "--contrast", "stretched"]);
        Assert.True(stretched.ExitCode == 0, stretched.Error);
        Assert.DoesNotContain("making", stretched.Error);
        Assert.NotEqual(sheet, File.ReadAllBytes(scratch[Path.Combine("cmp", "compare.png")]));

        Save(seed: 4); // another network in the same file: its pictures are others
        Assert.Contains("pixels: making", Tool.Call(command).Error);
    }

    [Fact]
    public async Task A_cancelled_call_keeps_its_finished_batches_and_the_same_command_goes_on()
    {
        string[] command = Command("out", "1", "120");
        using var stop = new CancellationTokenSource();
        using var error = new StringWriter();
        var work = Task.Run(() => Launcher.Run(command, TextWriter.Null, error, stop.Token));
        while (!work.IsCompleted && !(Directory.Exists(scratch["out"]) && Kept("batch-00000").Any())) await Task.Delay(2);
        await stop.CancelAsync();
        Assert.Equal(130, await work);
        Assert.Contains("continues", error.ToString());
        Assert.False(File.Exists(scratch[Path.Combine("out", "see.json")]));
        Assert.Empty(Kept("batch-00009"));

        var other = Tool.Call(Command("out", "2", "2"));
        Assert.True(other.ExitCode == 0, other.Error);
        Assert.Single(Kept("batch-00000")); // of the first command: the other has removed its own

        var rest = Tool.Call(command);
        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.Empty(Kept("batch-00000"));
        var whole = Tool.Call(Command("whole", "1", "120"));
        Assert.True(whole.ExitCode == 0, whole.Error);
        Assert.Equal(
            File.ReadAllBytes(scratch[Path.Combine("whole", "pictures.npy")]), File.ReadAllBytes(scratch[Path.Combine("out", "pictures.npy")]));

        string[] Command(string folder, string seed, string steps) =>
        [
            "see", model, "--data", "strokes:200", "--class", "0..9", "--steps", steps, "--batch", "1", "--seed", seed, "--out", scratch[folder],
        ];
        IEnumerable<string> Kept(string name) =>
            Directory.EnumerateFiles(scratch["out"], name + ".safetensors", SearchOption.AllDirectories);
    }

    private void Save(long seed)
    {
        using var network = ModelCatalog.Build("cnn-small", [1, 28, 28], 10, null, seed);
        SafeTensors.Write(scratch["w.safetensors"], Checkpoint.StateOf(network));
    }

    private JsonElement See(params string[] options)
    {
        var run = Tool.Call(["see", model, "--data", "strokes:200", "--out", scratch["out"], "--json", .. options]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    }
}
