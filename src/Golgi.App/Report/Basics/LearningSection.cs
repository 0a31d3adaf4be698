using Golgi.App.Report.Plots;
using Golgi.Foundation;
using Golgi.Runs;

namespace Golgi.App.Report.Basics;

/// <summary>How training went: loss and accuracy over steps, from the run's own measurements.</summary>
internal sealed class LearningSection : IDossierSection
{
    public string Title => "Learning curves";

    public IReadOnlyList<Finding> Write(
        Subject subject, SectionWriter page, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        if (subject.RunFolder is null) return [];
        using var run = Run.Read(subject.RunFolder);
        var rows = run.Metrics;
        var train = Curve("training", rows, "train_loss", 0);
        var validation = Curve("validation", rows, "validation_loss", 1);
        var accuracy = Curve("validation", rows, "validation_accuracy", 1);
        if (train.X.Count < 2) return [];

        page.Figures(
            (new LinePlot
            {
                Title = "Loss over training steps",
                X = new Axis { Label = "steps", Min = 0 },
                Y = new Axis { Label = "cross-entropy, nats", Scale = AxisScale.Log },
                Series = [train, validation],
            }, "Mean loss since the measurement before (training), and on held-out examples (validation). The vertical axis is logarithmic."),
            (new LinePlot
            {
                Title = "Accuracy over training steps",
                X = new Axis { Label = "steps", Min = 0 },
                Y = Axis.Percent("accuracy"),
                Series = [accuracy],
            }, "Share of held-out examples recognized."));
        return [.. Overfitting(train, validation)];
    }

    private static Series Curve(string name, IReadOnlyList<MetricsRow> rows, string key, int color)
    {
        MetricsRow[] with = [.. rows.Where(row => row.Values.ContainsKey(key))];
        return new Series(name, [.. with.Select(row => (double)row.Step)], [.. with.Select(row => row.Values[key])])
        {
            Mark = Mark.LineAndPoints,
            Color = color,
        };
    }

    private static IEnumerable<Finding> Overfitting(Series train, Series validation)
    {
        if (validation.Y.Count < 3) yield break;
        double best = validation.Y.Min();
        double last = validation.Y[^1];
        if (last > 1.1 * best)
        {
            double step = validation.X[validation.Y.ToList().IndexOf(best)];
            yield return new Finding(
                $"Validation loss was best at step {step:N0} ({best:0.000}) and rose to {last:0.000} by the end: the network began to memorize.",
                0.7);
        }
        else if (validation.Y[^1] < 0.95 * validation.Y[^2] && train.Y[^1] < 0.95 * train.Y[^2])
        {
            yield return new Finding(
                $"Loss was still falling at the last step (validation {validation.Y[^2]:0.000} to {last:0.000}): more training would help.", 0.5);
        }
    }
}
