using Golgi.App.Report.Basics;
using Golgi.App.Report.Plots;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Networks;
using Golgi.Runs;
using static TorchSharp.torch;

namespace Golgi.App.Report.Instruments;

/// <summary>Which layers know the same, and how early in training each came to know what it knows at the end.</summary>
internal sealed class SimilaritySection : IDossierSection
{
    private const int MostLayers = 10;
    private const int MostMoments = 9;
    private static readonly double[] GridShares = [0, 0.35, 0.75]; // of training, as in figure 3 of Raghu et al. 2017; the end is the grid itself
    private static readonly LinearCka Measure = new();

    public string Title => "Which layers know the same";

    public IReadOnlyList<Finding> Write(
        Subject subject, SectionWriter page, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.Data is null) return [];
        var layers = Layers.Probed(LayerTable.Of(specimen.Network, specimen.InputShape), MostLayers);
        var final = LayerReadings.Read(subject, layers, cancellation);
        try
        {
            if (layers.Count < 2 || final.Any(basis => basis is null)) return [];
            var grid = Grid("Similarity of each layer with each", layers, final, final);
            string caption = "1: what the one layer says of 1,000 examples is what the other says, up to rotation and scale. "
                + $"Layers with nothing in common would give {Unrelated(final):0.000} or less.";
            var (moments, grids) = Moments(subject, layers, final, progress, cancellation);
            if (moments.Count == 0) page.Figure(grid, caption);
            else page.Figures([(grid, caption), (Curves(moments), "Each layer at a moment of training, compared with itself at the end."), .. grids]);
            page.Note("Linear CKA (Kornblith et al. 2019, arXiv 1905.00414) of activations, maps averaged over 4×4 places. That lower layers "
                + "settle first " +
                "is the finding of Raghu et al. 2017 (arXiv 1706.05806), by SVCCA; `golgi similarity` has both, with nulls and intervals.");
            return [.. Findings(moments)];
        }
        finally
        {
            foreach (var basis in final) basis?.Dispose();
        }
    }

    /// <summary>Per layer its similarity with its final self at each snapshot, and all layers beside all final ones at some; empty without
    /// snapshots. The network is given its weights back.</summary>
    private static (List<Series> Curves, List<(IFigure Figure, string Caption)> Grids) Moments(
        Subject subject, IReadOnlyList<string> layers, IReadOnlyList<Basis?> final, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        if (subject.RunFolder is null) return ([], []);
        string folder = Path.Combine(subject.RunFolder, "checkpoints");
        var files = Layers.Spread([.. Directory.EnumerateFiles(folder, "step-*.safetensors").Order(StringComparer.Ordinal)], MostMoments);
        if (files.Count < 3) return ([], []);

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var state = Checkpoint.StateOf(subject.Specimen.Network);
        Tensor[] own = [.. state.Select(entry => entry.Value.clone())];
        try
        {
            var values = layers.Select(_ => new List<double>()).ToArray();
            var grids = new List<(IFigure, string)>();
            double[] steps = [.. files.Select(file => double.Parse(Path.GetFileNameWithoutExtension(file)["step-".Length..]))];
            double[] shown = [.. GridShares.Select(share => steps.MinBy(step => Math.Abs(step - (share * steps[^1])))).Distinct()];
            for (int i = 0; i < files.Count; i++)
            {
                Checkpoint.Load(files[i], state);
                var then = LayerReadings.Read(subject, layers, cancellation);
                for (int j = 0; j < layers.Count; j++) values[j].Add(then[j] is { } basis ? Compare(basis, final[j]!) : double.NaN);
                if (shown.Contains(steps[i]) && then.All(basis => basis is not null))
                {
                    grids.Add(
                        (Grid($"Layers at step {steps[i]} and at the end", layers, then, final), $"Rows: layers after {steps[i]:N0} steps. Columns: "
                            + "layers at the end."));
                }

                foreach (var basis in then) basis?.Dispose();
                progress.Report(new WorkProgress("moments of training", i + 1, files.Count));
            }

            return ([.. layers.Select((layer, j) => new Series(layer, steps, values[j]) { Mark = Mark.LineAndPoints })], grids);
        }
        finally
        {
            for (int i = 0; i < own.Length; i++) state[i].Value.copy_(own[i]);
        }
    }

    private static Heatmap Grid(string title, IReadOnlyList<string> layers, IReadOnlyList<Basis?> rows, IReadOnlyList<Basis?> columns) => new()
    {
        Title = title,
        Values = [.. rows.Select(row => columns.Select(column => Compare(row!, column!)).ToArray())],
        Rows = layers,
        Columns = layers,
        High = 1,
        Format = value => $"{value:0.00}",
    };

    private static LinePlot Curves(IReadOnlyList<Series> moments) => new()
    {
        Title = "Similarity of each layer with its final self over training",
        X = new Axis { Label = "steps", Min = 0 },
        Y = new Axis { Label = "similarity with the end", Min = 0, Max = 1 },
        Series = [.. Layers.Spread(moments, 8)],
    };

    private static IEnumerable<Finding> Findings(List<Series> moments)
    {
        if (moments.Count < 2 || moments[0].X[0] != 0) yield break;
        var most = moments.MaxBy(series => series.Y[0])!;
        var least = moments.MinBy(series => series.Y[0])!;
        if (most.Y[0] - least.Y[0] < 0.2) yield break;
        yield return new Finding(
            $"Untrained, `{most.Name}` already said nearly what it says now (similarity {most.Y[0]:0.00}); training made `{least.Name}` anew "
                + $"({least.Y[0]:0.00}).", 0.72);
    }

    private static double Compare(Basis left, Basis right)
    {
        using var overlap = Overlap.Between(left, right);
        return Measure.Of(overlap).Value;
    }

    private static double Unrelated(IReadOnlyList<Basis?> layers) => layers.Max(row => layers.Max(column =>
    {
        using var overlap = Overlap.Between(row!, column!);
        return Measure.AnalyticNull(overlap, Measure.Of(overlap));
    }));
}
