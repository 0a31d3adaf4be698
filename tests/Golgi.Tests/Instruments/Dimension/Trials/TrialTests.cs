using Golgi.Data;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Jobs;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

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
}
