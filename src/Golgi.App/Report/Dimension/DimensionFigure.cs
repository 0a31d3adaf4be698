using Golgi.App.Report.Plots;
using Golgi.Instruments.Dimension.Measuring;

namespace Golgi.App.Report.Dimension;

/// <summary>Accuracy against dimension, with baseline, threshold, interval and the published curve.</summary>
internal static class DimensionFigure
{
    /// <summary>Draws a measurement.</summary>
    /// <param name="report">What was measured.</param>
    /// <param name="published">What was published for this problem, or null.</param>
    public static LinePlot Of(DimensionReport report, PublishedCurve? published)
    {
        double[] dimensions = [.. report.Curve.Select(point => (double)point.D)];
        return new LinePlot
        {
            Title = $"{report.Model} on {report.Data}: accuracy in random subspaces ({report.Projection})",
            X = new Axis { Label = "dimensions d", Scale = AxisScale.Log },
            Y = Axis.Percent("accuracy"),
            Width = 720,
            Height = 400,
            Series =
            [
                new Series("measured, lowest to highest", dimensions, [.. report.Curve.Select(point => point.Accuracy.Mean)])
                {
                    Mark = Mark.LineAndPoints,
                    Low = [.. report.Curve.Select(point => point.Accuracy.Low)],
                    High = [.. report.Curve.Select(point => point.Accuracy.High)],
                    Tips = [.. report.Curve.Select(point => $"d = {point.D}: {point.Accuracy.Mean:P2}")],
                },
                .. Published(published),
                Level($"baseline {report.Baseline.Value:P1}", report.Baseline.Value, dimensions),
                Level($"to exceed: {report.Target:P1}", report.Target, dimensions),
                .. Interval(report),
            ],
        };
    }

    private static Series Level(string name, double value, double[] dimensions) =>
        new(name, [dimensions[0], dimensions[^1]], [value, value]) { Mark = Mark.Dashed };

    private static IEnumerable<Series> Published(PublishedCurve? curve)
    {
        if (curve is not { Points.Count: > 0 }) yield break;
        yield return new Series(
            "Li et al. 2018", [.. curve.Points.Select(point => (double)point.Dimension)], [.. curve.Points.Select(point => point.Accuracy)])
        {
            Mark = Mark.Dashed,
        };
    }

    private static IEnumerable<Series> Interval(DimensionReport report)
    {
        if (report.D90 is not { Value: { } value, Low: { } low, High: { } high }) yield break;
        double level = report.Target;
        yield return new Series($"dimension {value:N0} ({low:N0} to {high:N0})", [low, value, high], [level, level, level])
        {
            Mark = Mark.LineAndPoints,
        };
    }
}
