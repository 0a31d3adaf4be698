using Golgi.App.Report.Plots;
using Golgi.Foundation;
using Golgi.Runs;

namespace Golgi.App.Report.Basics;

/// <summary>How training went: loss and accuracy over steps, from the run's own measurements.</summary>
internal sealed class LearningSection : DossierSection<LearningCurves>
{
    public override string Title => "Learning curves";

    public override LearningCurves? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        if (subject.RunFolder is null) return null;
        using var run = Run.Read(subject.RunFolder);
        var rows = run.Metrics;
        var train = Curve(rows, "train_loss");
        return train.Steps.Count < 2 ? null : new LearningCurves(train, Curve(rows, "validation_loss"), Curve(rows, "validation_accuracy"));
    }

    public override IReadOnlyList<Finding> Write(LearningCurves found, Subject subject, SectionWriter page)
    {
        page.Figures(
            (new LinePlot
            {
                Title = "Loss over training steps",
                X = new Axis { Label = "steps", Min = 0 },
                Y = new Axis { Label = "cross-entropy, nats", Scale = AxisScale.Log },
                Series = [Line("training", found.TrainLoss, 0), Line("validation", found.ValidationLoss, 1)],
            }, "Mean loss since the measurement before (training), and on held-out examples (validation). The vertical axis is logarithmic."),
            (new LinePlot
            {
                Title = "Accuracy over training steps",
                X = new Axis { Label = "steps", Min = 0 },
                Y = Axis.Percent("accuracy"),
                Series = [Line("validation", found.ValidationAccuracy, 1)],
            }, "Share of held-out examples recognized."));
        return [.. Overfitting(found.TrainLoss.Values, found.ValidationLoss)];
    }

    private static LearningCurve Curve(IReadOnlyList<MetricsRow> rows, string key)
    {
        MetricsRow[] with = [.. rows.Where(row => row.Values.ContainsKey(key))];
        return new LearningCurve([.. with.Select(row => row.Step)], [.. with.Select(row => row.Values[key])]);
    }

    private static Series Line(string name, LearningCurve curve, int color) =>
        new(name, [.. curve.Steps.Select(step => (double)step)], curve.Values) { Mark = Mark.LineAndPoints, Color = color };

    private static IEnumerable<Finding> Overfitting(IReadOnlyList<double> train, LearningCurve validation)
    {
        var held = validation.Values;
        if (held.Count < 3) yield break;
        double best = held.Min();
        double last = held[^1];
        if (last > 1.1 * best)
        {
            long step = validation.Steps[held.ToList().IndexOf(best)];
            yield return new Finding(
                $"Validation loss was best at step {step:N0} ({best:0.000}) and rose to {last:0.000} by the end: the network began to memorize.",
                0.7);
        }
        else if (last < 0.95 * held[^2] && train[^1] < 0.95 * train[^2])
        {
            yield return new Finding(
                $"Loss was still falling at the last step (validation {held[^2]:0.000} to {last:0.000}): more training would help.", 0.5);
        }
    }
}
