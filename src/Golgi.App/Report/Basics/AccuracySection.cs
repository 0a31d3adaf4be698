using Golgi.App.Report.Plots;
using Golgi.Foundation;
using Golgi.Inspection;

namespace Golgi.App.Report.Basics;

/// <summary>How well it does on the test set, what it takes for what, and which mistakes it is surest of.</summary>
internal sealed class AccuracySection : DossierSection<Confusion>
{
    private const int MistakesShown = 24;
    private const int ClassesInMatrix = 40;

    public override string Title => "Accuracy and mistakes";

    public override Confusion? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        return specimen.Data is { } data
            ? Confusion.Measure(specimen, data.Test, MistakesShown, new PassOptions { Device = subject.Device }, progress, cancellation)
            : null;
    }

    public override IReadOnlyList<Finding> Write(Confusion found, Subject subject, SectionWriter page)
    {
        long wrong = found.Accuracy.Count - found.Accuracy.Successes;
        page.Facts(
            ("test accuracy", Words.Accuracy(found.Accuracy)),
            ("95 % interval", Words.Interval(found.Accuracy)),
            ("mistakes", $"{wrong:N0} of {found.Accuracy.Count:N0}"));
        page.Note("The interval is Wilson's: what other test sets of this size would give, for this same network. It does not tell how much " +
            "networks trained from other seeds differ.");
        var classes = ByClass(found);
        if (found.Matrix.Count <= ClassesInMatrix) page.Figures((Matrix(found), MatrixCaption), (classes, ClassCaption));
        else page.Figure(classes, ClassCaption);

        MistakePictures(page, subject, found);
        return [.. Findings(found)];
    }

    private const string MatrixCaption =
        "Rows are what was shown, columns what the network said. Shades grow with the number of confusions; the diagonal, all that was right, "
            + "is set apart.";

    private const string ClassCaption = "Share of each class that is recognized, worst first, with 95 % intervals.";

    private static Heatmap Matrix(Confusion found) => new()
    {
        Title = "Confusion matrix",
        Values = [.. found.Matrix.Select(row => row.Select(count => (double)count).ToArray())],
        Rows = Names(found),
        Columns = Names(found),
        RowLabel = "shown",
        ColumnLabel = "said",
        MutedDiagonal = true,
        Format = found.Matrix.Count <= 20 ? count => $"{count:0}" : null,
    };

    private static BarPlot ByClass(Confusion found)
    {
        var classes = Enumerable.Range(0, found.Matrix.Count)
            .Where(i => found.Recall[i] is not null)
            .OrderBy(i => found.Recall[i]!.Value)
            .Take(20)
            .ToArray();
        return new BarPlot
        {
            Title = "Share of each class that is recognized",
            Axis = Axis.Percent("recognized") with { Min = Floor(classes.Select(i => found.Recall[i]!.Low).DefaultIfEmpty(0).Min()), Max = 1 },
            Bars =
            [
                .. classes.Select(i => (Name: Name(found, i), Share: found.Recall[i]!)).Select(entry =>
                    new Bar(entry.Name, entry.Share.Value) { Low = entry.Share.Low, High = entry.Share.High, Text = Words.Percent(
                        entry.Share.Value) }),
            ],
        };
    }

    /// <summary>Bars of 98 % and 99 % look alike from 0; the axis begins at the round number beneath all intervals.</summary>
    private static double Floor(double low) => Math.Floor(low * 20) / 20;

    private static void MistakePictures(SectionWriter page, Subject subject, Confusion found)
    {
        if (found.Mistakes.Count == 0 || subject.Specimen.InputShape.Count != 3) return;
        page.Heading("Mistakes that it is surest of");
        page.Note("Under each: what it is, what the network calls it, and with which probability.");
        var examples = subject.Specimen.Data!.Test;
        page.Gallery(found.Mistakes.Select(mistake => (
            (IFigure)Pictures.Example(examples, mistake.Example, $"Test example {mistake.Example}"),
            $"{Name(found, mistake.Label)}, called {Name(found, mistake.Predicted)} ({100 * mistake.Confidence:0} %)")));
    }

    private static IEnumerable<Finding> Findings(Confusion found)
    {
        yield return new Finding(
            $"It recognizes {Words.Accuracy(found.Accuracy)} of {found.Accuracy.Count:N0} test examples (95 % interval "
                + $"{Words.Interval(found.Accuracy)}).", 1);
        if (found.Pairs is [var first, ..])
        {
            long wrong = found.Accuracy.Count - found.Accuracy.Successes;
            yield return new Finding(
                $"Its most frequent confusion: {Name(found, first.Label)} taken for {Name(found, first.Predicted)}, " +
                $"{first.Count} of {wrong} mistakes.", first.Count >= 5 ? 0.8 : 0.4); // a handful can be chance
        }

        if (found.Mistakes is [{ Confidence: > 0.9 } worst, ..])
        {
            yield return new Finding(
                $"Its surest mistake: a {Name(found, worst.Label)} called {Name(found, worst.Predicted)} with {100 * worst.Confidence:0.0} % "
                    + "confidence.", 0.45);
        }
    }

    private static string[] Names(Confusion found) => [.. Enumerable.Range(0, found.Matrix.Count).Select(i => Name(found, i))];

    private static string Name(Confusion found, int label) => label < found.ClassNames.Count ? found.ClassNames[label] : $"{label}";
}
