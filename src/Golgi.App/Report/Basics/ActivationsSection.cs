using Golgi.App.Report.Plots;
using Golgi.Foundation;
using Golgi.Inspection;
using Golgi.Inspection.Statistics;
using Golgi.Networks;

namespace Golgi.App.Report.Basics;

/// <summary>Per layer: units that never fire, how sparse activations are, and how many dimensions they fill.</summary>
internal sealed class ActivationsSection : DossierSection<LayerActivations>
{
    private const int MostLayers = 16;

    public override string Title => "Activations, layer by layer";

    public override LayerActivations? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.Data is not { } data) return null;
        var layers = Layers.Activations(LayerTable.Of(specimen.Network, specimen.InputShape), MostLayers);
        var options = new PassOptions { Limit = Layers.MostExamples, Device = subject.Device };
        return new LayerActivations(
            Math.Min(Layers.MostExamples, data.Train.Count),
            ActivationStatistics.Measure(specimen, data.Train, layers, options, progress, cancellation));
    }

    public override IReadOnlyList<Finding> Write(LayerActivations found, Subject subject, SectionWriter page)
    {
        page.Text($"Measured on {found.Examples:N0} training examples, every place of a map counted as a sample.");
        page.Figures(
            (Use(found.Layers),
                "Share of activations that are exactly 0; red where units are dead: they give one and the same value everywhere, which costs and "
                + "does nothing."),
            (Dimensions(found.Layers),
                "How many dimensions the activations fill, as a share of the layer's units: effective rank (the exponential of the entropy of the "
                + "singular values), and the principal axes that carry 99 % of the variance."));
        page.Table(
            ["layer", "#units", "#dead", "#zeros", "#median unit fires", "#effective rank", "#axes for 99 %"],
            found.Layers.Select(layer => (IReadOnlyList<string>)
            [
                $"`{layer.Layer}`",
                $"{layer.Units}",
                $"{layer.DeadUnits.Count}",
                Words.Percent(layer.Sparsity),
                Words.Percent(Median(layer.ActiveShare)),
                layer.Rank is { } rank ? $"{rank.Effective:0.0}" : "",
                layer.Rank is { } axes ? $"{axes.For99Percent}" : "",
            ]));
        page.Note("Zeros: share of activations that are exactly 0. A unit fires where its activation is above 0.");
        return [.. Findings(found.Layers)];
    }

    private static BarPlot Use(IReadOnlyList<LayerStatistics> found) => new()
    {
        Title = "Share of zeros per layer",
        Axis = Axis.Percent("activations that are exactly 0") with { Min = 0, Max = 1 },
        Bars =
        [
            .. found.Select(layer => new Bar(layer.Layer, layer.Sparsity)
            {
                Text = layer.DeadUnits.Count == 0 ? Words.Percent(layer.Sparsity) : $"{layer.DeadUnits.Count} dead",
                Color = layer.DeadUnits.Count == 0 ? 0 : 1,
            }),
        ],
    };

    private static BarPlot Dimensions(IReadOnlyList<LayerStatistics> found) => new()
    {
        Title = "Rank of activations per layer",
        Axis = Axis.Percent("dimensions filled, share of units") with { Min = 0, Max = 1 },
        Legend = ["effective rank", "axes for 99 % of variance"],
        Bars =
        [
            .. found.Where(layer => layer.Rank is not null).SelectMany(layer => (Bar[])
            [
                new(layer.Layer, layer.Rank!.Effective / layer.Units) { Text = $"{layer.Rank.Effective:0} of {layer.Units}" },
                new("", (double)layer.Rank.For99Percent / layer.Units) { Color = 1, Text = $"{layer.Rank.For99Percent}" },
            ]),
        ],
    };

    private static IEnumerable<Finding> Findings(IReadOnlyList<LayerStatistics> found)
    {
        long dead = found.Sum(layer => layer.DeadUnits.Count);
        if (dead > 0)
        {
            string[] where =
                [.. found.Where(layer => layer.DeadUnits.Count > 0).Select(layer => $"{layer.DeadUnits.Count} of {layer.Units} in `{layer.Layer}`")];
            yield return new Finding(
                $"{dead} {(dead == 1 ? "unit never changes" : "units never change")} on any example: {Words.List(where)}.", 0.75);
        }
        else
        {
            yield return new Finding("No unit is dead: every one changes from example to example.", 0.35);
        }

        if (found.Where(layer => layer.Rank is not null && layer.Units >= 8)
                .MinBy(layer => (double)layer.Rank!.For99Percent / layer.Units) is { } narrow
            && narrow.Rank!.For99Percent <= 0.7 * narrow.Units)
        {
            yield return new Finding(
                $"`{narrow.Layer}` has {narrow.Units} units, yet {narrow.Rank.For99Percent} directions carry 99 % of what they say.", 0.7);
        }
    }

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
