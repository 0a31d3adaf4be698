using System.Text.Json;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Opening;
using Golgi.Runs;
using Golgi.Tensors;
using Golgi.Tests.Support;
using Golgi.Training;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity.Jobs;

/// <summary>Similarity studies as runs: what they are named by, that they are read, and that they go on where they were stopped.</summary>
[Collection(TorchState.Name)]
public sealed class SimilarityJobTests : IDisposable
{
    private const string Model = "fc-784-32-16-10", Data = "strokes:1200";

    private readonly string folder = Directory.CreateTempSubdirectory("golgi-similarity-jobs").FullName;
    private readonly Specimen one = Open(1), two = Open(2);

    [Theory]
    [InlineData("grid", 4)] // in the second of three rows
    [InlineData("dynamics", 1)]
    [InlineData("groups", 1)]
    [InlineData("directions", 1)]
    [InlineData("compress", 1)]
    [InlineData("sensitivity", 1)]
    public void A_study_that_was_cancelled_goes_on_from_what_it_kept_to_the_same_result(string verb, int reports)
    {
        using var run = Trained();
        using var job = Make(verb, run);
        var whole = new Workspace(Path.Combine(folder, "whole"));
        whole.Run(job, null, CancellationToken.None);

        var stopped = new Workspace(Path.Combine(folder, "stopped"));
        string place = Path.Combine(stopped.Folder, job.Configuration.Name);
        using (var cancellation = new CancellationTokenSource())
        {
            Assert.ThrowsAny<OperationCanceledException>(
                () => stopped.Run(job, new CancelAfter(cancellation, reports), cancellation.Token));
        }

        Assert.False(File.Exists(Path.Combine(place, "result.json")));
        string[] kept = Directory.GetFiles(Path.Combine(place, "parts"));
        Assert.NotEmpty(kept);
        foreach (string part in kept) File.SetLastWriteTimeUtc(part, DateTime.UnixEpoch);

        stopped.Run(job, null, CancellationToken.None);
        Assert.All(kept, part => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(part)));
        Assert.Equal(Result(Path.Combine(whole.Folder, job.Configuration.Name)), Result(place));

        static string Result(string place) => File.ReadAllText(Path.Combine(place, "result.json"));
    }

    [Theory]
    [InlineData("grid")]
    [InlineData("dynamics")]
    [InlineData("groups")]
    [InlineData("directions")]
    [InlineData("compress")]
    [InlineData("sensitivity")]
    public void Other_weights_make_another_run_and_the_same_ones_the_same(string verb)
    {
        using var run = Trained();
        string before = Name(verb, run);
        Assert.StartsWith($"similarity-{verb}-", before);
        Assert.Equal(before, Name(verb, run));
        using (no_grad()) one.Network.parameters().First().add_(1e-3);
        Assert.NotEqual(before, Name(verb, run));
    }

    [Fact]
    public void Other_data_layers_or_a_second_network_make_another_run()
    {
        using var more = Open(1, "strokes:1300");
        string[] names =
        [
            Grid(one, null, new LayerGridOptions()), Grid(more, null, new LayerGridOptions()), Grid(one, two, new LayerGridOptions()),
            Grid(one, null, new LayerGridOptions { Layers = ["relu1"] }),
            Grid(one, null, new LayerGridOptions { Measure = new() { Method = "cka" } }),
        ];
        Assert.Distinct(names);
        Assert.Equal(names[0], Grid(one, null, new LayerGridOptions { Layers = ["relu1", "relu2", "fc3"] })); // the usual ones

        static string Grid(Specimen specimen, Specimen? other, LayerGridOptions options)
        {
            using var job = new LayerGridJob(specimen, other, options);
            return job.Configuration.Name;
        }
    }

    [Fact]
    public void The_command_and_the_job_are_one_run_however_the_network_is_named()
    {
        string trained = Train();
        string[] words = [trained, Path.GetFileName(trained), Path.GetFileName(trained)[..^4], trained + "#final"];
        var results = words.Select(word => Call("sensitivity", word, "--layers", "relu1", "--examples", "200")).ToArray();
        string place = results[0].GetProperty("run").GetString()!;
        Assert.All(results, result => Assert.Equal(place, result.GetProperty("run").GetString()));

        using var specimen = SpecimenSource.Open(trained);
        using var job = new SensitivityJob(specimen, new SensitivityOptions { Layers = ["relu1"], Examples = 200 });
        var known = new Workspace(folder).Run(job);
        Assert.True(known.Remembered);
        Assert.Equal(place, known.Folder);
        Assert.Equal(results[0].GetProperty("values")[3][0].GetDouble(), known.Result.Values[3][0]);
        Assert.Equal(known.Result.Values[3][0], new Workspace(folder).Compute(job).Values[3][0]);

        // Read, not repeated: what the second call prints is what lies there.
        string file = Path.Combine(place, "result.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"samples\": 200", "\"samples\": 201"));
        Assert.Equal(201, Call("sensitivity", trained, "--layers", "relu1", "--examples", "200").GetProperty("samples").GetInt32());
        var early = Call("sensitivity", trained + "#step-00000000", "--layers", "relu1", "--examples", "200");
        Assert.NotEqual(place, early.GetProperty("run").GetString());
    }

    [Fact]
    public void A_run_keeps_its_figure_and_its_table_and_out_copies_them()
    {
        string copy = Path.Combine(folder, "copy");
        string place = Call("grid", Model, "--data", Data, "--examples", "200", "--out", copy).GetProperty("run").GetString()!;
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(place, "artifacts", "figure.svg")));
        string numbers = File.ReadAllText(Path.Combine(place, "artifacts", "numbers.csv"));
        Assert.Equal(1 + 9, numbers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(numbers, File.ReadAllText(Path.Combine(copy, "numbers.csv")));
    }

    [Fact]
    public void A_refused_study_leaves_no_run()
    {
        var call = Tool.Call("similarity", "grid", Model, "--data", Data, "--examples", "30", "--runs", folder, "--quiet");
        Assert.True(call.ExitCode == 3, call.Error);
        Assert.Empty(Directory.GetDirectories(folder, "similarity-*"));
    }

    [Fact]
    public void The_second_network_of_a_grid_is_an_option_and_still_taken_where_it_stood()
    {
        string trained = Train();
        string[] rest = ["--data", Data, "--examples", "200", "--companions", "formula", "--runs", folder, "--json"];
        var asOption = Tool.Call(["similarity", "grid", Model, "--other", trained, .. rest]);
        var asBefore = Tool.Call(["similarity", "grid", Model, trained, .. rest]);
        Assert.True(asOption.ExitCode == 0, asOption.Error);
        Assert.Equal(asOption.Output, asBefore.Output);
        Assert.DoesNotContain("write --other", asOption.Error);
        Assert.Contains($"write --other {trained}", asBefore.Error);
        var both = Tool.Call(["similarity", "grid", Model, trained, "--other", trained, .. rest]);
        Assert.Equal(2, both.ExitCode);
        Assert.Contains("twice", both.Error);
    }

    [Fact]
    public void Files_are_known_by_what_they_hold()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(1);
        string Save(string name, Tensor values)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Npy.Write(path, values);
            return path;
        }

        string b = Save("b.npy", y);
        string first = Run(Save("here/a.npy", x), b);
        Assert.Equal(first, Run(Save("there/a.npy", x), b));
        Assert.NotEqual(first, Run(Save("here/a.npy", x + 1), b));
        Assert.NotEqual(first, Run(b, Save("here/a.npy", x)));

        string Run(params string[] files) => Call(["compare", .. files, "--method", "cca"]).GetProperty("run").GetString()!;
    }

    [Theory]
    [InlineData("0.99")]
    [InlineData("1.0")]
    [InlineData("sv:0.9")]
    [InlineData("20")]
    [InlineData("all")]
    public void A_truncation_is_written_as_it_is_read(string text)
    {
        Assert.Equal(text, Truncation.Parse(text).Text);
        var choice = new MeasureChoice { Keep = Truncation.Parse(text) };
        Assert.Equal(choice, JsonSerializer.Deserialize<MeasureChoice>(JsonSerializer.Serialize(choice, RunJson.Format), RunJson.Format));
    }

    public void Dispose()
    {
        one.Dispose();
        two.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static Specimen Open(long seed, string data = Data) => SpecimenSource.Open(Model, new SpecimenOptions { Data = data, Seed = seed });

    private string Name(string verb, Run run)
    {
        using var job = Make(verb, run);
        return job.Configuration.Name;
    }

    private Job Make(string verb, Run run) => verb switch
    {
        "grid" => new LayerGridJob(one, null, new LayerGridOptions { Examples = 200 }),
        "dynamics" => new DynamicsJob(run, one, new DynamicsOptions { Examples = 200, Measure = new MeasureChoice { Method = "cka" } }),
        "groups" => new GroupsJob([one, two], [two, one], new GroupsOptions { Examples = 200 }),
        "directions" => new DirectionsJob(one, two, new DirectionsOptions { Layer = "relu1", Counts = [2, 8] }),
        "compress" => new CompressLayersJob(one, null, new CompressLayersOptions { Shares = [0.1, 0.25] }),
        _ => new SensitivityJob(one, new SensitivityOptions { Examples = 200 }),
    };

    /// <summary>A run whose snapshots are networks of other seeds, the last one the network itself.</summary>
    private Run Trained()
    {
        var run = Run.Open(folder, RunConfiguration.Of("train", "snapshots", new { Seed = 1 }));
        foreach (int seed in new[] { 3, 2, 1 })
        {
            using var then = Open(seed);
            run.SaveCheckpoint(Trainer.SnapshotName(30 - (10 * seed)), Checkpoint.StateOf(then.Network));
        }

        return run;
    }

    private string Train()
    {
        var recipe = new TrainingRecipe { Data = Data, Model = Model, Steps = 4, Evaluations = 1, Snapshots = 2 };
        using var data = DataCatalog.Open(recipe.Data, recipe.DataOptions());
        using var job = new TrainJob(recipe, data);
        return new Workspace(folder).Run(job).Folder!;
    }

    private JsonElement Call(params string[] words)
    {
        var call = Tool.Call(["similarity", .. words, "--runs", folder, "--json", "--quiet"]);
        Assert.True(call.ExitCode == 0, call.Error);
        return JsonDocument.Parse(call.Output).RootElement;
    }

    /// <summary>Cancels once a study has reported so often.</summary>
    private sealed class CancelAfter(CancellationTokenSource cancellation, int reports) : IProgress<WorkProgress>
    {
        private int seen;

        public void Report(WorkProgress value)
        {
            if (value.Task != "activations" && ++seen == reports) cancellation.Cancel();
        }
    }
}
