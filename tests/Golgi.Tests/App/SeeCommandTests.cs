using System.Globalization;
using System.Text.Json;
using Golgi.App.Commands;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Transforms;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Opening;
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
            "--optimizer", "progress", "--rate", "1e-6", "--out", scratch["faint"], "--runs", scratch["runs"]];
        var run = Tool.Call(command);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("--contrast stretched", run.Error);
        using var saved = Npy.Read(scratch[Path.Combine("faint", "pictures.npy")]);
        Assert.Equal([1, 1, 28, 28], saved.shape);
        float least = saved.min().item<float>(), most = saved.max().item<float>();
        Assert.InRange(most - least, 1e-9, 0.5 / 255);
        Assert.DoesNotContain("--contrast stretched", Tool.Call([.. command, "--contrast", "stretched"]).Error);

        string[] compare =
            ["see", "compare", model, "--judge", model, "--presets", "yosinski2015-2", "--class", "3", "--steps", "30", "--runs", scratch["runs"]];
        Assert.Contains("yosinski2015-2: pale", Tool.Call(compare).Error);
        Assert.DoesNotContain("pale", Tool.Call([.. compare, "--contrast", "stretched"]).Error);
    }

    [Fact]
    public void A_folder_whose_values_are_not_those_of_its_pictures_is_refused()
    {
        See("--class", "1,2", "--steps", "2");
        using var one = TorchSharp.torch.zeros(1, 1, 28, 28);
        Npy.Write(scratch[Path.Combine("out", "pictures.npy")], one);
        var run = Tool.Call(["see", "judge", model, scratch["out"], "--runs", scratch["runs"]]);
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
    [InlineData("--whole says more about --layer", "--whole")]
    [InlineData("--class exclude each other", "--class 1 --layer conv1")]
    [InlineData("--unit and --whole exclude each other", "--layer conv1 --unit 1 --whole")]
    [InlineData("jitter:PIXELS", "--class 1 --views shake")]
    [InlineData("olah2017", "--class 1 --preset olah2018")]
    [InlineData("mean, noise", "--class 1 --start nowhere.png")]
    [InlineData("plain pixels", "--class 1 --start noise")]
    [InlineData("plain pixels", "--class 1 --decay 0.1")]
    public void Mistakes_are_told_and_leave_nothing_behind(string told, string options)
    {
        var run = Tool.Call(["see", model, "--data", "strokes:200", "--out", scratch["bad"], "--runs", scratch["runs"], .. options.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Error);
        Assert.False(Directory.Exists(scratch["bad"]));
        Assert.False(Directory.Exists(scratch["runs"]));
    }

    [Fact]
    public void A_comparison_makes_what_is_missing_and_keeps_what_is_there()
    {
        string[] command =
        [
            "see", "compare", model, "--data", "strokes:200", "--judge", model, "--presets", "pixels,pixels+jitter:2", "--class", "0..2",
            "--steps", "3", "--runs", scratch["runs"], "--out", scratch["cmp"], "--json",
        ];
        var first = Result(command);
        var rows = first.GetProperty("rows");
        Assert.Equal(["photographs", "pixels", "pixels+jitter:2"], rows.EnumerateArray().Select(row => row.GetProperty("method").GetString()!));
        Assert.True(File.Exists(scratch[Path.Combine("cmp", "compare.png")]));
        // The judge is the network itself: it ranks what it was shown as the target does.
        Assert.All(rows.EnumerateArray(), row => Assert.Equal(row.GetProperty("target_top5").GetDouble(), row.GetProperty("judge_top5").GetDouble()));
        var parts = Parts();
        Assert.Equal(2, parts.Count);

        // A part that is gone is made again, the other one is read; the whole is what it was.
        Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(parts.Keys.First()))!, recursive: true);
        Directory.Delete(first.GetProperty("run").GetString()!, recursive: true);
        Assert.Equal(rows.ToString(), Result(command).GetProperty("rows").ToString());
        Assert.Equal(parts.Values.Skip(1), Parts().Where(part => part.Key == parts.Keys.Last()).Select(part => part.Value));

        // Drawn otherwise, judged otherwise or on other threads, the pictures are the same.
        byte[] sheet = File.ReadAllBytes(scratch[Path.Combine("cmp", "compare.png")]);
        parts = Parts();
        Result([.. command, "--threads", "1"]);
        Result([.. command, "--contrast", "stretched"]);
        Assert.Equal(parts, Parts());
        Assert.NotEqual(sheet, File.ReadAllBytes(scratch[Path.Combine("cmp", "compare.png")]));

        // Who asks for the same pictures alone finds them done.
        var alone = Result(
            "see", model, "--data", "strokes:200", "--preset", "pixels", "--class", "0..2", "--steps", "3", "--runs", scratch["runs"], "--json");
        Assert.Equal(parts, Parts());
        Assert.Equal(3, alone.GetProperty("images").GetArrayLength());

        Save(seed: 4); // another network in the same file: its pictures are others
        Result(command);
        Assert.Equal(4, Parts().Count);

        SortedDictionary<string, DateTime> Parts() => new(
            Directory.EnumerateFiles(scratch["runs"], "pictures.npy", SearchOption.AllDirectories)
                .Where(path => path.Contains("see-pictures", StringComparison.Ordinal)).ToDictionary(path => path, File.GetLastWriteTimeUtc),
            StringComparer.Ordinal);
    }

    [Fact]
    public void The_same_command_is_answered_from_its_run_and_copies_its_pictures_again()
    {
        var first = See("--class", "3", "--steps", "2");
        Directory.Delete(scratch["out"], recursive: true);
        var again = See("--class", "3", "--steps", "2");
        Assert.Equal(first.ToString(), again.ToString());
        Assert.True(File.Exists(scratch[Path.Combine("out", "see.json")]));
        string[] spoken = ["see", model, "--data", "strokes:200", "--class", "3", "--steps", "2", "--runs", scratch["runs"]];
        Assert.Contains("known from", Tool.Call(spoken).Output);
        Assert.NotEqual(first.GetProperty("run").ToString(), See("--class", "3", "--steps", "3").GetProperty("run").ToString());
        Save(seed: 4);
        Assert.NotEqual(first.GetProperty("run").ToString(), See("--class", "3", "--steps", "2").GetProperty("run").ToString());
    }

    [Fact]
    public void A_network_of_a_run_is_seen_twice_into_one_folder_and_judged_by_the_run_of_its_pictures()
    {
        var trained = Result("train", "--data", "strokes:200", "--model", "cnn-small", "--steps", "2", "--runs", scratch["runs"], "--json");
        string path = trained.GetProperty("run").GetString()!;
        var runs = new[] { Path.GetFileName(path), path, "train-strokes" }.Select(name => Result(
            "see", name, "--class", "3,4", "--steps", "2", "--runs", scratch["runs"], "--out", scratch["pics"], "--json")
            .GetProperty("run").GetString()!);
        string run = Assert.Single(runs.Distinct()); // however the network was named
        string[] folders = [run, Path.GetFileName(run), scratch["pics"]];
        var judged = Result(["see", "judge", path, .. folders, "--runs", scratch["runs"], "--json"]);
        Assert.Equal([2, 2, 2], judged.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("count").GetInt32()));
        Assert.Equal(JsonValueKind.Null, judged.GetProperty("run").ValueKind); // kept with --keep only
        Assert.Single(judged.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("spectrum_slope").GetDouble()).Distinct());
    }

    [Fact]
    public void A_job_from_code_is_the_run_of_the_command()
    {
        string run = See("--class", "3", "--steps", "2", "--tv", "0.5", "--views", "jitter:2").GetProperty("run").GetString()!;
        using var specimen = SpecimenSource.Open(model, new SpecimenOptions { Data = "strokes:200" });
        var options = new VisualizationOptions
        {
            Steps = 2,
            Priors = new PriorOptions { Priors = [PriorCatalog.Make("tv", 0.5)], Transform = new TransformChain(new Roll(2)) },
        };
        using var job = new SeeJob(specimen, Target.Classes(3), options);
        var done = new Workspace(scratch["runs"]).Run(job);
        Assert.True(done.Remembered);
        Assert.Equal(run, done.Folder);
        using var other = new SeeJob(specimen, Target.Classes(3), options with { Priors = options.Priors with { Transform = new Roll(3) } });
        Assert.NotEqual(job.Configuration.Name, other.Configuration.Name);
    }

    [Theory]
    [InlineData("top --layer conv1 --count 2 --limit 20", "top.png")]
    [InlineData("facets --class 3 -k 2 --steps 2 --preset pixels", "facets.png")]
    [InlineData("invert --layer conv1,conv2 --example 0 --steps 2", "inverted.png")]
    [InlineData("grid --layer conv1 --images 30 --cells 2 --steps 2", "grid.png")]
    [InlineData("audit --cells 2 --images 4 --threshold 1", null)]
    public void Every_verb_leaves_a_run_and_is_not_repeated(string verb, string? sheet)
    {
        string[] words = verb.Split(' ');
        string[] command =
            ["see", words[0], model, "--data", "strokes:400", .. words[1..], "--runs", scratch["runs"], "--out", scratch["out"], "--json"];
        string first = Result(command).ToString();
        string folder = Assert.Single(Directory.EnumerateDirectories(scratch["runs"]));
        var written = Directory.GetLastWriteTimeUtc(folder);
        Assert.Equal(first, Result(command).ToString());
        Assert.Equal(written, Directory.GetLastWriteTimeUtc(folder));
        if (sheet is not null) Assert.True(File.Exists(scratch[Path.Combine("out", sheet)]));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "checkpoints")));
        Assert.Contains("see-" + words[0], Tool.Call("runs", "list", "--runs", scratch["runs"]).Output);
    }

    [Fact]
    public void Numbers_have_a_point_whatever_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        string[] options =
            [.. "--layer conv2 --unit 0,3 --weights 1,-0.5 --langevin 0.5,3,2 --views scale:0.1/rotate:0.5 --tv 0.5 --steps 2".Split(' ')];
        var here = See(options);
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal(here.GetProperty("run").ToString(), See(options).GetProperty("run").ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_cancelled_call_keeps_its_finished_batches_and_the_same_command_goes_on()
    {
        string[] command = Command("runs", "1", "120");
        using var stop = new CancellationTokenSource();
        using var error = new StringWriter();
        var work = Task.Run(() => Launcher.Run(command, TextWriter.Null, error, stop.Token));
        while (!work.IsCompleted && !(Directory.Exists(scratch["runs"]) && Kept("batch-00000").Any())) await Task.Delay(2);
        await stop.CancelAsync();
        Assert.Equal(130, await work);
        Assert.Contains("continues", error.ToString());
        Assert.Empty(Directory.EnumerateFiles(scratch["runs"], "see.json", SearchOption.AllDirectories));
        Assert.Empty(Kept("batch-00009"));

        var other = Tool.Call(Command("runs", "2", "2"));
        Assert.True(other.ExitCode == 0, other.Error);
        Assert.Single(Kept("batch-00000")); // of the first command: the other has removed its own

        var rest = Tool.Call([.. command, "--out", scratch["out"]]);
        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.Empty(Kept("batch-00000"));
        var whole = Tool.Call([.. Command("whole", "1", "120"), "--out", scratch["copy"]]);
        Assert.True(whole.ExitCode == 0, whole.Error);
        Assert.Equal(
            File.ReadAllBytes(scratch[Path.Combine("copy", "pictures.npy")]), File.ReadAllBytes(scratch[Path.Combine("out", "pictures.npy")]));

        string[] Command(string folder, string seed, string steps) =>
        [
            "see", model, "--data", "strokes:200", "--class", "0..9", "--steps", steps, "--batch", "1", "--seed", seed, "--runs", scratch[folder],
        ];
        IEnumerable<string> Kept(string name) =>
            Directory.EnumerateFiles(scratch["runs"], name + ".safetensors", SearchOption.AllDirectories);
    }

    private void Save(long seed)
    {
        using var network = ModelCatalog.Build("cnn-small", [1, 28, 28], 10, null, seed);
        SafeTensors.Write(scratch["w.safetensors"], Checkpoint.StateOf(network));
    }

    private JsonElement See(params string[] options) =>
        Result(["see", model, "--data", "strokes:200", "--runs", scratch["runs"], "--out", scratch["out"], "--json", .. options]);

    private static JsonElement Result(params string[] command)
    {
        var run = Tool.Call(command);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    }
}
