using Golgi.Data;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Interchange.Onnx;
using Golgi.Jobs;
using Golgi.Networks.Catalog;
using Golgi.Opening;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Golgi.Tests.Training;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Dimension.Trials;

[Collection(TorchState.Name)]
public sealed class TrialTests
{
    [Fact]
    public void More_dimensions_reach_more_and_the_same_seed_repeats()
    {
        using var data = TinyTask.Open();
        var few = Trial.Execute(TinyTask.Problem, data, 3, 0);
        var many = Trial.Execute(TinyTask.Problem, data, 200, 0);
        var direct = Trial.Execute(TinyTask.Problem, data, 0, 0);
        Assert.True(few.Accuracy < 0.5 && many.Accuracy > 0.85 && direct.Accuracy > 0.95, $"{few.Accuracy} {many.Accuracy} {direct.Accuracy}");
        var again = Trial.Execute(TinyTask.Problem, data, 200, 0);
        Assert.Equal((many.Accuracy, many.Loss, many.Distance), (again.Accuracy, again.Loss, again.Distance));
        Assert.NotEqual(many.Loss, Trial.Execute(TinyTask.Problem, data, 200, 1).Loss);
    }

    [Fact]
    public void Every_spread_learns()
    {
        using var data = TinyTask.Open();
        foreach (var spread in Enum.GetValues<SubspaceLayout>())
        {
            var result = Trial.Execute(TinyTask.Problem with { Spread = spread }, data, 200, 0);
            Assert.True(result.Accuracy > 0.8, $"{spread}: {result.Accuracy}");
        }
    }

    [Fact]
    public void Shuffled_labels_need_far_more_dimensions_than_true_ones()
    {
        using var data = TinyTask.Open();
        var problem = TinyTask.Problem with { Judge = ScoredPart.Train };
        using var order = TorchSharp.torch.tensor(new Golgi.Numerics.Random.Philox(8).Permutation((int)data.Train.Count));
        using var shuffled = data with { Train = new OtherTargets(data.Train, data.Train.Targets.Take(order)) };
        Assert.True(Trial.Execute(problem, data, 100, 0).Accuracy > 0.7);
        Assert.True(Trial.Execute(problem, shuffled, 100, 0).Accuracy < 0.4);
    }

    [Fact]
    public void A_measurement_keeps_its_trials_and_never_repeats_them()
    {
        using var data = TinyTask.Open();
        using var folder = new Scratch();
        var options = new SearchOptions { Replicates = 2, Start = 60, Resolution = 1.6, Baseline = BaselinePolicy.Own };
        var problem = TinyTask.Problem with { Steps = 100 };
        var workspace = new Workspace(folder.Folder);

        var first = workspace.Run(new MeasureJob(problem, options, data));
        Assert.NotNull(first.Result.D90.Value);
        Assert.Equal(first.Result.Trials, Trials());
        var second = workspace.Run(new MeasureJob(problem, options, data));
        Assert.True(second.Remembered);
        Assert.Equal(first.Result.D90, second.Result.D90);
        var other = workspace.Run(new MeasureJob(problem, options with { Threshold = 0.85 }, data));
        Assert.NotEqual(first.Folder, other.Folder);
        Assert.True(Trials() < 2 * first.Result.Trials, "another threshold should reuse most trials");

        int Trials() => Directory.GetDirectories(folder.Folder, $"{TrialJob.Is.Name}-*").Length;
    }

    [Fact]
    public void A_file_of_a_catalog_network_is_measured_as_the_catalogs_own()
    {
        using var data = TinyTask.Open();
        using var scratch = new Scratch();
        string file = scratch["net.onnx"];
        using (var network = ModelCatalog.Build(TinyTask.Problem.Model, data.InputShape, 10, null, seed: 99)) OnnxExporter.Export(file, network,
            [1, 8, 8]);
        var problem = TinyTask.Problem with { Steps = 60 };
        foreach (int dimension in (int[])[0, 40])
        {
            var (own, imported) = (Trial.Execute(problem, data, dimension, 1), Trial.Execute(problem with { Model = file }, data, dimension, 1));
            Assert.Equal(own.Weights, imported.Weights);
            Assert.Equal(own.Accuracy, imported.Accuracy, 0.02); // two programs of one network: rounding grows over the steps
        }
    }

    [Fact]
    public void A_run_knows_a_file_by_its_digest_and_shows_its_name()
    {
        using var data = TinyTask.Open();
        using var scratch = new Scratch();
        string file = scratch["net.onnx"];
        using (var network = ModelCatalog.Build("fc-64-5-10", data.InputShape, 10, null, 0)) OnnxExporter.Export(file, network, [1, 8, 8]);
        Directory.CreateDirectory(scratch["elsewhere"]);
        string copy = Path.Combine(scratch["elsewhere"], "net.onnx");
        File.Copy(file, copy);
        var options = new SearchOptions { At = [5], Replicates = 1 };
        var workspace = new Workspace(scratch["runs"]);

        var first = workspace.Run(new MeasureJob(TinyTask.Problem with { Model = file, Steps = 5 }, options, data));
        Assert.Equal("net.onnx", first.Result.Model);
        Assert.DoesNotContain(scratch.Folder, File.ReadAllText(Path.Combine(first.Folder!, "config.json")), StringComparison.Ordinal);
        Assert.True(workspace.Run(new MeasureJob(TinyTask.Problem with { Model = copy, Steps = 5 }, options, data)).Remembered);
        using (var other = ModelCatalog.Build("fc-64-5-10", data.InputShape, 10, null, 1)) OnnxExporter.Export(copy, other, [1, 8, 8]);
        Assert.False(workspace.Run(new MeasureJob(TinyTask.Problem with { Model = copy, Steps = 5 }, options, data)).Remembered);
    }

    [Fact]
    public void The_dimension_of_a_users_own_module_is_measured_and_remembered()
    {
        using var data = TinyTask.Open();
        using var scratch = new Scratch();
        var mine = Trainables.Of("mine", data, () => nn.Sequential(
            ("flat", nn.Flatten()), ("fc1", nn.Linear(64, 30)), ("act", nn.Tanh()), ("fc2", nn.Linear(30, 10))));
        var problem = DimensionProblem.Of(mine) with { Steps = 150 };
        var workspace = new Workspace(scratch.Folder);

        var measured = workspace.Run(new MeasureJob(problem, new SearchOptions { At = [3, 150], Replicates = 1 }, mine));
        Assert.Equal("mine", measured.Result.Model);
        Assert.Equal("tiny", measured.Result.Data);
        Assert.InRange(measured.Result.D90.Value!.Value, 3, 150);
        Assert.True(workspace.Run(new MeasureJob(problem, new SearchOptions { At = [3, 150], Replicates = 1 }, mine)).Remembered);
        var other = Trainables.Of("mine", data, () => nn.Sequential(
            ("flat", nn.Flatten()), ("fc1", nn.Linear(64, 30)), ("act", nn.ReLU()), ("fc2", nn.Linear(30, 10))));
        Assert.NotEqual(
            new TrialJob(problem, mine, new TrialRequest(3, 0)).Configuration.Name,
                new TrialJob(problem, other, new TrialRequest(3, 0)).Configuration.Name);
        Assert.Null(new TrialJob(problem, mine, new TrialRequest(3, 0)).Request);
    }

    [Fact]
    public void A_learner_in_an_environment_has_a_dimension_too()
    {
        var levers = new LeverTrainable();
        var problem = DimensionProblem.Of(levers) with
        {
            Steps = 60,
            Optimizer = new() { LearningRate = 0.1 },
            StepSize = StepSizeRule.Parse("fixed:0.3"),
        };
        var options = new SearchOptions { At = [1, 60], Replicates = 2, Baseline = BaselinePolicy.Own };
        var report = new Workspace().Compute(new TrialJob(problem, levers, new TrialRequest(60, 0)));
        Assert.True(report.Accuracy > new Workspace().Compute(new TrialJob(problem, levers, new TrialRequest(1, 0))).Accuracy + 0.1,
            $"{report.Accuracy}");
        using var scratch = new Scratch();
        Assert.Equal("levers", new Workspace(scratch.Folder).Run(new MeasureJob(problem with { Steps = 5 }, options, levers)).Result.Data);
    }

    [Fact]
    public void A_problem_of_another_trainable_and_a_metric_of_which_less_is_better_are_refused()
    {
        using var data = TinyTask.Open();
        using var numbers = data with
        {
            Train = new TensorExamples(TorchSharp.torch.randn(20, 3), new ValueTargets(TorchSharp.torch.randn(20, 2))),
            ClassNames = ["a", "b"],
            Owned = [],
        };
        var levers = new LeverTrainable();
        Assert.Contains("DimensionProblem.Of", Assert.Throws<ArgumentException>(
            () => new TrialJob(TinyTask.Problem, levers, new TrialRequest(1, 0))).Message, StringComparison.Ordinal);
        Assert.Contains("mse", Assert.Throws<ArgumentException>(
            () => Trial.Execute(TinyTask.Problem with { Model = "fc-3-5-2" }, numbers, 3, 0)).Message, StringComparison.Ordinal);
        numbers.Train.Dispose();
    }
}
