using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;
using Xunit;

namespace Golgi.Tests.Instruments.Dimension.Measuring;

public sealed class DimensionSearchTests
{
    private static readonly DimensionProblem Problem = new() { Data = "none", Model = "none" };

    [Theory]
    [InlineData(3, 1)]
    [InlineData(40, 5)]
    [InlineData(750, 100)]
    [InlineData(750, 5000)]
    [InlineData(199_000, 100)]
    public void It_finds_the_dimension_of_a_known_curve_from_anywhere(int truth, int start)
    {
        var report = Search(truth, new SearchOptions { Baseline = new BaselinePolicy(1.0), Start = start, Resolution = 1.1 }, out var requests);
        Assert.InRange(report.D90.Value!.Value, truth / 1.15, truth * 1.15);
        Assert.True(requests.Count < 60);
        Assert.Equal(requests.Count, requests.Distinct().Count());
    }

    [Fact]
    public void Points_of_success_and_failure_bracket_the_value_and_carry_all_replicates()
    {
        var report = Search(750, new SearchOptions { Baseline = new BaselinePolicy(1.0), Replicates = 4, Resolution = 1.2 }, out _);
        var below = report.Curve.Last(point => point.Accuracy.Mean <= report.Target);
        var above = report.Curve.First(point => point.Accuracy.Mean > report.Target);
        Assert.True(above.D / (double)below.D <= 1.2);
        Assert.Equal(4, below.Accuracy.Values.Count);
        Assert.Equal(4, above.Accuracy.Values.Count);
    }

    [Fact]
    public void The_own_baseline_is_measured_and_a_whole_network_that_never_succeeds_gives_no_value()
    {
        var found = Search(100, new SearchOptions(), out var requests);
        Assert.Contains(new TrialRequest(0, 2), requests);
        Assert.Equal(0.98, found.Baseline.Value, 1e-9);
        Assert.Equal(0.9 * 0.98, found.Target, 1e-9);
        Assert.Null(Search(10_000_000, new SearchOptions { Baseline = new BaselinePolicy(1.0) }, out _).D90.Value);
    }

    [Fact]
    public void Given_dimensions_are_measured_and_no_others()
    {
        Search(100, new SearchOptions { Baseline = new BaselinePolicy(1.0), At = [50, 150], Replicates = 2 }, out var requests);
        Assert.Equal([50, 50, 150, 150], requests.Select(request => request.Dimension).Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => Search(100, new SearchOptions { At = [200_000] }, out _));
    }

    [Theory]
    [InlineData("owned")]
    [InlineData("absolute:1.2")]
    [InlineData("absolute:x")]
    public void A_baseline_that_is_none_is_refused(string text) => Assert.ThrowsAny<ArgumentException>(() => BaselinePolicy.Parse(text));

    [Fact]
    public void Step_size_rules_say_what_they_are()
    {
        Assert.Equal(0.02, StepSizeRule.Parse("fixed:0.02").Rates(1000, 10, 100, new()).Single());
        Assert.Equal(3, StepSizeRule.Parse("search").Rates(1000, 10, 100, new()).Count);
        // Under a constant rate, √d · steps · rate is ten times 3.6 D^¼.
        double rate = StepSizeRule.Default.Rates(10_000, 100, 500, Golgi.Training.Schedules.Schedule.Constant).Single();
        Assert.Equal(10 * 3.6 * 10, 10 * 500 * rate, 1e-9);
        Assert.ThrowsAny<ArgumentException>(() => StepSizeRule.Parse("fixed"));
        Assert.ThrowsAny<ArgumentException>(() => StepSizeRule.Parse("quick"));
    }

    private static DimensionReport Search(int truth, SearchOptions options, out List<TrialRequest> requests)
    {
        var seen = new List<TrialRequest>();
        var report = new DimensionSearch(Problem, options, 199_210, asked =>
        {
            seen.AddRange(asked);
            return [.. asked.Select(request => Result(request, truth))];
        }).Execute();
        requests = seen;
        return report;
    }

    /// <summary>Accuracy 0.9 at the true dimension, rising with log d, with a little noise that depends on the replicate.</summary>
    private static TrialResult Result(TrialRequest request, int truth)
    {
        double accuracy = request.Dimension == 0 ? 0.98 : 0.9 + (0.05 * Math.Log((double)request.Dimension / truth));
        double noise = request.Dimension == 0 ? 0 : 0.002 * ((request.Replicate % 3) - 1);
        return new TrialResult(request.Dimension, request.Replicate, 199_210, 0.01, Math.Min(1, accuracy + noise), 0, 0, 1);
    }
}
