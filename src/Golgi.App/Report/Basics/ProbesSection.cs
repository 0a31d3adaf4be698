using Golgi.App.Report.Plots;
using Golgi.Foundation;
using Golgi.Inspection.Probes;
using Golgi.Networks;

namespace Golgi.App.Report.Basics;

/// <summary>How well a linear classifier reads the classes off each layer.</summary>
internal sealed class ProbesSection : DossierSection<ProbedLayers>
{
    private const int MostLayers = 8;

    public override string Title => "What each layer makes explicit";

    public override ProbedLayers? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.Data is not { } data || data.Validation.Count == 0) return null;
        var table = LayerTable.Of(specimen.Network, specimen.InputShape);
        string[] layers = [LinearProbe.Input, .. Layers.Probed(table, MostLayers)];
        var options = new ProbeOptions { TrainLimit = 3000, MostFeatures = 400, Device = subject.Device };
        return new ProbedLayers(
            options.MostFeatures, LinearProbe.Measure(specimen, data.Train, data.Validation, layers, options, progress, cancellation));
    }

    public override IReadOnlyList<Finding> Write(ProbedLayers found, Subject subject, SectionWriter page)
    {
        page.Text("A linear classifier is fitted to each layer's activations and judged on held-out examples. Where it does well, the layer " +
            "has made the classes explicit: a plane is enough to tell them apart. The network itself is not changed.");
        page.Figure(
            new BarPlot
            {
                Title = "Accuracy of linear probes, from the input to the output",
                Axis = Axis.Percent("held-out accuracy of a linear classifier") with { Min = 0, Max = 1 },
                Width = 620,
                Bars =
                [
                    .. found.Layers.Select(probe => new Bar(probe.Layer, probe.Accuracy.Value)
                    {
                        Low = probe.Accuracy.Low,
                        High = probe.Accuracy.High,
                        Text = Words.Percent(probe.Accuracy.Value),
                        Color = probe.Layer == LinearProbe.Input ? 7 : 0,
                    }),
                ],
            },
            $"Ridge classifiers on at most {found.MostFeatures} numbers per example (maps are averaged over a coarser grid until they fit), with " +
            "95 % intervals. Grey: the raw input. Alain and Bengio 2016 (arXiv 1610.01644).");
        return [.. Findings(found.Layers)];
    }

    private static IEnumerable<Finding> Findings(IReadOnlyList<ProbeResult> found)
    {
        var steps = found.Zip(found.Skip(1)).ToArray();
        if (steps.Length == 0) yield break;
        var (before, after) = steps.MaxBy(step => step.Second.Accuracy.Value - step.First.Accuracy.Value);
        double gain = after.Accuracy.Value - before.Accuracy.Value;
        if (gain < 0.005) yield break;
        string from = before.Layer == LinearProbe.Input ? "the raw input" : $"`{before.Layer}`";
        yield return new Finding(
            $"A linear classifier reads {Words.Percent(before.Accuracy.Value)} of the classes off {from} and {Words.Percent(after.Accuracy.Value)} "
                + $"off `{after.Layer}`: " +
            "the largest step in the network.", 0.78);
    }
}
