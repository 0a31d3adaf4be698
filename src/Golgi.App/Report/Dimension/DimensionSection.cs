using Golgi.App.Report.Plots;
using Golgi.Foundation;
using Golgi.Instruments.Dimension.Measuring;

namespace Golgi.App.Report.Dimension;

/// <summary>How many dimensions the network's task needs.</summary>
internal sealed class DimensionSection : DossierSection<DimensionLook>
{
    private const double HeaderBytes = 90;

    public override string Title => "How many parameters the task needs";

    public override DimensionLook? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        if (!DimensionEstimate.Suits(subject.Specimen)) return null;
        var report = DimensionEstimate.Execute(subject.Specimen, new EstimateOptions { Seed = subject.Seed }, progress, cancellation);
        return new DimensionLook(
            report.Weights,
            report.Own,
            report.Target,
            [.. report.Curve.Select(point => new DimensionPoint(point.Dimension, point.Accuracy))],
            report.Steps,
            report.Dimension,
            report.Dimension is { } dimension ? HeaderBytes + (2 * Math.Ceiling(1.1 * dimension)) : null);
    }

    public override IReadOnlyList<Finding> Write(DimensionLook found, Subject subject, SectionWriter page)
    {
        page.Text($"The same architecture was trained from fresh weights with only d free numbers, which move all {found.Weights:N0} weights "
            + "along d random " +
            $"directions. The fewest that reach 90 % of this network's own accuracy ({found.Accuracy:P1}) are the task's intrinsic dimension.");
        page.Figure(
            Curve(found), $"One training of {found.Steps:N0} steps for each point. Dashed: 90 % of the network's own accuracy. Li et al. 2018 "
                + "(arXiv 1804.08838).");
        page.Note(
            "Short trainings need more dimensions than long ones: read the number as an upper estimate. `golgi dimension measure` measures it, with "
                + "an interval.");
        if (found is not { Dimension: { } dimension, Bytes: { } bytes })
        {
            page.Text("None of the dimensions that were tried in so short a time got there.");
            return [];
        }

        page.Facts(
            ("intrinsic dimension, about", $"{dimension:N0}"),
            ("share of the weights", $"{dimension / found.Weights:P2}"),
            ("smallest form, about", $"{bytes:N0} bytes"));
        return
        [
            new Finding(
                $"About {dimension:N0} free numbers instead of {found.Weights:N0} reach 90 % of the accuracy: a seed and {bytes:N0} bytes could "
                    + "stand for such a network.",
                0.74),
        ];
    }

    private static LinePlot Curve(DimensionLook found)
    {
        double[] dimensions = [.. found.Curve.Select(point => (double)point.Dimension)];
        return new LinePlot
        {
            Title = "Accuracy against the number of trained dimensions",
            X = new Axis { Label = "dimensions d", Scale = AxisScale.Log },
            Y = Axis.Percent("held-out accuracy") with { Min = 0, Max = 1 },
            Width = 620,
            Series =
            [
                new Series("in a random subspace", dimensions, [.. found.Curve.Select(point => point.Accuracy)]) { Mark = Mark.LineAndPoints },
                new Series("to exceed", dimensions, [.. dimensions.Select(_ => found.Target)]) { Mark = Mark.Dashed },
            ],
        };
    }
}
