using System.Globalization;
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
internal sealed class SimilaritySection : DossierSection<LayerSimilarity>
{
    private const int MostLayers = 10;
    private const int MostMoments = 9;
    private static readonly double[] GridShares = [0, 0.35, 0.75]; // of training, as in figure 3 of Raghu et al. 2017; the end is the grid itself
    private static readonly LinearCka Cka = new();

    public override string Title => "Which layers know the same";

    public override LayerSimilarity? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.Data is not { } data) return null;
        var layers = Layers.Probed(LayerTable.Of(specimen.Network, specimen.InputShape), MostLayers);
        var final = LayerReadings.Read(subject, layers, cancellation);
        try
        {
            if (layers.Count < 2 || final.Any(basis => basis is null)) return null;
            return new LayerSimilarity(
                LayerReadings.Count(data.Train),
                layers,
                Grid(final, final),
                Unrelated(final),
                Moments(subject, layers, final, progress, cancellation));
        }
        finally
        {
            foreach (var basis in final) basis?.Dispose();
        }
    }

    public override IReadOnlyList<Finding> Write(LayerSimilarity found, Subject subject, SectionWriter page)
    {
        var grid = Heatmap("Similarity of each layer with each", found.Layers, found.Similarities);
        string caption = "1: what the one layer says of 1,000 examples is what the other says, up to rotation and scale. "
            + $"Layers with nothing in common would give {found.Unrelated:0.000} or less.";
        Series[] curves = [.. Curves(found)];
        if (curves.Length == 0) page.Figure(grid, caption);
        else page.Figures([(grid, caption), (Plot(curves), "Each layer at a moment of training, compared with itself at the end."), .. Grids(found)]);
        page.Note("Linear CKA (Kornblith et al. 2019, arXiv 1905.00414) of activations, maps averaged over 4×4 places. That lower layers "
            + "settle first " +
            "is the finding of Raghu et al. 2017 (arXiv 1706.05806), by SVCCA; `golgi similarity` has both, with nulls and intervals.");
        return [.. Findings(curves)];
    }

    /// <summary>Per snapshot each layer's similarity with its final self, at some all layers' with all final ones; empty without snapshots. The
    /// network is given its weights back.</summary>
    private static List<TrainingMoment> Moments(
        Subject subject, IReadOnlyList<string> layers, IReadOnlyList<Basis?> final, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        if (subject.RunFolder is null) return [];
        string folder = Path.Combine(subject.RunFolder, "checkpoints");
        var files = Layers.Spread([.. Directory.EnumerateFiles(folder, "step-*.safetensors").Order(StringComparer.Ordinal)], MostMoments);
        if (files.Count < 3) return [];

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var state = Checkpoint.StateOf(subject.Specimen.Network);
        Tensor[] own = [.. state.Select(entry => entry.Value.clone())];
        try
        {
            var moments = new List<TrainingMoment>();
            long[] steps = [.. files.Select(Step)];
            long[] shown = [.. GridShares.Select(share => steps.MinBy(step => Math.Abs(step - (share * steps[^1])))).Distinct()];
            for (int i = 0; i < files.Count; i++)
            {
                Checkpoint.Load(files[i], state);
                var then = LayerReadings.Read(subject, layers, cancellation);
                bool whole = shown.Contains(steps[i]) && then.All(basis => basis is not null);
                moments.Add(new TrainingMoment(
                    steps[i],
                    [.. then.Zip(final, (basis, end) => basis is null ? (double?)null : Compare(basis, end!))],
                    whole ? Grid(then, final) : null));
                foreach (var basis in then) basis?.Dispose();
                progress.Report(new WorkProgress("moments of training", i + 1, files.Count));
            }

            return moments;
        }
        finally
        {
            for (int i = 0; i < own.Length; i++) state[i].Value.copy_(own[i]);
        }
    }

    private static long Step(string file) =>
        long.Parse(Path.GetFileNameWithoutExtension(file)["step-".Length..], CultureInfo.InvariantCulture);

    private static double[][] Grid(IReadOnlyList<Basis?> rows, IReadOnlyList<Basis?> columns) =>
        [.. rows.Select(row => columns.Select(column => Compare(row!, column!)).ToArray())];

    private static IEnumerable<Series> Curves(LayerSimilarity found) => found.Moments.Count == 0
        ? []
        : found.Layers.Select((layer, i) => new Series(
            layer,
            [.. found.Moments.Select(moment => (double)moment.Step)],
            [.. found.Moments.Select(moment => moment.WithEnd[i] ?? double.NaN)])
        {
            Mark = Mark.LineAndPoints,
        });

    private static IEnumerable<(IFigure Figure, string Caption)> Grids(LayerSimilarity found) =>
        found.Moments.Where(moment => moment.Grid is not null).Select(moment => (
            (IFigure)Heatmap($"Layers at step {moment.Step} and at the end", found.Layers, moment.Grid!),
            $"Rows: layers after {moment.Step:N0} steps. Columns: layers at the end."));

    private static Heatmap Heatmap(string title, IReadOnlyList<string> layers, IReadOnlyList<IReadOnlyList<double>> values) => new()
    {
        Title = title,
        Values = values,
        Rows = layers,
        Columns = layers,
        High = 1,
        Format = value => $"{value:0.00}",
    };

    private static LinePlot Plot(IReadOnlyList<Series> curves) => new()
    {
        Title = "Similarity of each layer with its final self over training",
        X = new Axis { Label = "steps", Min = 0 },
        Y = new Axis { Label = "similarity with the end", Min = 0, Max = 1 },
        Series = [.. Layers.Spread(curves, 8)],
    };

    private static IEnumerable<Finding> Findings(Series[] curves)
    {
        if (curves.Length < 2 || curves[0].X[0] != 0) yield break;
        var most = curves.MaxBy(series => series.Y[0])!;
        var least = curves.MinBy(series => series.Y[0])!;
        if (most.Y[0] - least.Y[0] < 0.2) yield break;
        yield return new Finding(
            $"Untrained, `{most.Name}` already said nearly what it says now (similarity {most.Y[0]:0.00}); training made `{least.Name}` anew "
                + $"({least.Y[0]:0.00}).", 0.72);
    }

    private static double Compare(Basis left, Basis right)
    {
        using var overlap = Overlap.Between(left, right);
        return Cka.Of(overlap).Value;
    }

    private static double Unrelated(IReadOnlyList<Basis?> layers) => layers.Max(row => layers.Max(column =>
    {
        using var overlap = Overlap.Between(row!, column!);
        return Cka.AnalyticNull(overlap, Cka.Of(overlap));
    }));
}
