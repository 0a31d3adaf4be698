using Golgi.Instruments.Dimension.Measuring;
using Xunit;

namespace Golgi.Tests.Instruments.Dimension.Measuring;

public sealed class CrossingTests
{
    [Fact]
    public void A_crossing_between_two_points_is_linear_in_log_d()
    {
        var points = Points((100, [0.8]), (400, [1.0]));
        Assert.Equal(200, Crossing.Find(points, 0.9)!.Value, 1e-9);
        Assert.Null(Crossing.Find(points, 0.7));
        Assert.Null(Crossing.Find(points, 1.0));
    }

    [Fact]
    public void Falling_means_are_pooled_before_the_crossing_is_read_off()
    {
        // 0.92 at 200 and 0.88 at 300 pool to 0.90; the curve exceeds 0.9 only after 300.
        var points = Points((100, [0.8]), (200, [0.92]), (300, [0.88]), (600, [0.96]));
        Assert.Equal([0.8, 0.9, 0.9, 0.96], Crossing.Isotonic([0.8, 0.92, 0.88, 0.96], [1, 1, 1, 1]).Select(v => Math.Round(v, 12)));
        Assert.Equal(300, Crossing.Find(points, 0.9000001)!.Value, 1);
    }

    [Fact]
    public void The_interval_holds_the_value_widens_with_noise_and_repeats()
    {
        var calm = Points((100, [0.80, 0.81, 0.80]), (200, [0.95, 0.95, 0.96]));
        var noisy = Points((100, [0.70, 0.90, 0.81]), (200, [0.90, 0.99, 0.96]));
        var narrow = Crossing.WithInterval(calm, 0.9, 1);
        var wide = Crossing.WithInterval(noisy, 0.9, 1);
        Assert.InRange(narrow.Value!.Value, narrow.Low!.Value, narrow.High!.Value);
        Assert.True(wide.High - wide.Low > 2 * (narrow.High - narrow.Low));
        Assert.Equal(wide, Crossing.WithInterval(noisy, 0.9, 1));
    }

    /// <summary>The exact distribution of the crossing, over all 4⁴ · 4⁴ resamples, against what 1000 draws report. Null hypothesis: the ends
    /// are its 2.5 % and 97.5 % quantiles. The share below an end has a standard deviation of 0.5 points a seed, 0.1 over 25 seeds.</summary>
    [Fact]
    public void The_interval_ends_at_the_percentiles_of_the_resampled_crossings()
    {
        double[] below = [0.61, 0.84, 0.70, 0.77], above = [0.93, 1.22, 1.01, 1.13];
        double[] lower = Means(below), upper = Means(above);
        double[] exact =
        [
            .. lower.SelectMany(low => upper.Select(high => Crossing.Find(Points((100, [low]), (400, [high])), 0.9)!.Value)).Order(),
        ];
        double Share(double at) => (exact.Count(value => value < at) + exact.Count(value => value <= at)) / (2.0 * exact.Length);
        var found = Enumerable.Range(0, 25).Select(seed => Crossing.WithInterval(Points((100, below), (400, above)), 0.9, (ulong)seed)).ToArray();

        Assert.Equal(0.025, found.Average(interval => Share(interval.Low!.Value)), 0.005);
        Assert.Equal(0.975, found.Average(interval => Share(interval.High!.Value)), 0.005);

        static double[] Means(double[] values) =>
        [
            .. from a in values from b in values from c in values from d in values select (a + b + c + d) / 4,
        ];
    }

    [Fact]
    public void The_success_curve_finds_the_middle_of_a_sharp_passage_and_of_a_soft_one()
    {
        var sharp = SuccessCurve.Fit([(100, false), (100, false), (200, true), (200, true)])!;
        Assert.InRange(sharp.Middle, 100, 200);
        Assert.True(sharp.At(200) > 0.9 && sharp.At(100) < 0.1);
        var soft = SuccessCurve.Fit([(100, false), (100, true), (100, false), (200, true), (200, false), (400, true), (400, true), (50, false)])!;
        Assert.True(soft.Steepness < sharp.Steepness);
        Assert.Null(SuccessCurve.Fit([(100, true), (200, true)]));
        Assert.Null(SuccessCurve.Fit([(100, true), (200, false)]));
    }

    private static List<(int, IReadOnlyList<double>)> Points(params (int Dimension, double[] Accuracies)[] points) =>
        [.. points.Select(point => (point.Dimension, (IReadOnlyList<double>)point.Accuracies))];
}
