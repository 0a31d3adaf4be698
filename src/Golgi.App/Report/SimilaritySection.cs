using Golgi.App.Commands.Similarity;
using Golgi.App.Report.Plots;
using Golgi.Runs;
using Golgi.Similarity;

namespace Golgi.App.Report;

/// <summary>What layers have in common: the network beside itself, and how its layers settled while it learned.</summary>
internal sealed class SimilaritySection : IDossierSection
{
    private static readonly LayerReading Reading = new() { Examples = 2000 };

    public string Title => "What layers share";

    public IReadOnlyList<Finding> Write(
        Subject subject, SectionWriter page, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        if (subject.Specimen.Data is not { } data) return [];
        var layers = LayerActivations.Usual(subject.Specimen.Network);
        if (layers.Count is < 2 or > 24) return [];
        var measure = new LinearCka();
        var rows = LayerActivations.Record(subject.Specimen, data.Test, layers, Reading, progress, cancellation);
        List<(string Name, Basis Basis)> bases = [.. layers.Select(layer => (layer, Basis.Of(rows[layer].Values)))];
        var grid = SimilarityGrid.Of(bases, bases, measure, cancellation);
        foreach (var (_, basis) in bases) basis.Dispose();
        foreach (var part in rows.Values) part.Dispose();

        page.Text("Two layers that say the same about every example have a similarity of 1, however they spell it; unrelated ones come near 0.");
        var figures = new List<(IFigure, string)>
        {
            (SimilarityFigures.Grid(grid, "layer", "layer"), $"Similarity between layers (linear CKA, {grid.Samples:N0} test examples)."),
        };
        var findings = new List<Finding> { Alike(grid) };
        if (Dynamics(subject, layers, cancellation) is { } found)
        {
            figures.Add((SimilarityFigures.Dynamics(found), "Each layer during training, beside the same layer at the end."));
            findings.Add(Settled(found));
        }

        page.Figures(figures);
        page.Note($"Maps are averaged over their places. Unrelated layers of these sizes would give up to {grid.Nulls.SelectMany(row => row).Max():0.000}.");
        return findings;
    }

    // Snapshots are there only if the run was asked for them.
    private static LearningDynamics? Dynamics(Subject subject, IReadOnlyList<string> layers, CancellationToken cancellation)
    {
        if (subject.RunFolder is not { } folder) return null;
        using var run = Run.Read(folder);
        try
        {
            return LearningDynamics.Of(
                run, subject.Specimen, subject.Specimen.Data!.Test, layers, new LinearCka(), Reading, 0.9, null, cancellation);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Finding Alike(SimilarityGrid grid)
    {
        var pairs = Enumerable.Range(0, grid.Rows.Count - 1).Select(i => (i, value: grid.Values[i][i + 1]));
        var (at, least) = pairs.MinBy(pair => pair.value);
        return new Finding($"The largest step from one layer to the next is from `{grid.Rows[at]}` to `{grid.Rows[at + 1]}` (similarity {least:0.00}).", 0.35);
    }

    private static Finding Settled(LearningDynamics found)
    {
        double last = found.SettledAt.Max();
        int at = found.SettledAt.ToList().IndexOf(last);
        return new Finding($"`{found.Layers[at]}` settles last, after {last / found.Steps[^1]:P0} of training.", 0.4);
    }
}
