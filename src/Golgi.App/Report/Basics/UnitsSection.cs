using Golgi.App.Report.Plots;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Inspection;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.App.Report.Basics;

/// <summary>For units of some layers: the nine examples that excite each most, with the place that does.</summary>
internal sealed class UnitsSection : DossierSection<UnitResponses>
{
    private const int MostLayers = 4;
    private const int UnitsPerLayer = 12;
    private const int Tops = 9;

    public override string Title => "What units respond to";

    public override UnitResponses? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.Data is not { } data || specimen.InputShape.Count != 3) return null;
        var layers = Layers.Activations(LayerTable.Of(specimen.Network, specimen.InputShape), MostLayers);
        var options = new PassOptions { Limit = Layers.MostExamples, Device = subject.Device };
        var tops = TopExamples.Find(specimen, data.Train, layers, Tops, options, progress, cancellation);
        var found = new List<LayerResponses>();
        foreach (string layer in layers)
        {
            UnitTops[] live = [.. tops.Where(unit => unit.Layer == layer && unit.Best is [{ Value: > 0 }, ..])];
            if (live.Length == 0) continue;
            var shown = live.OrderByDescending(unit => unit.Best[0].Value).Take(UnitsPerLayer).OrderBy(unit => unit.Unit);
            int pure = live.Count(unit => Common(unit, data.Train).Count() == unit.Best.Count);
            found.Add(new LayerResponses(layer, live.Length, pure, [.. shown.Select(unit => Response(unit, specimen, data.Train))]));
        }

        return new UnitResponses(Math.Min(Layers.MostExamples, data.Train.Count), layers, found);
    }

    public override IReadOnlyList<Finding> Write(UnitResponses found, Subject subject, SectionWriter page)
    {
        var examples = subject.Specimen.Data!.Train;
        page.Text($"Each block shows the {Tops} of {found.Examples:N0} training examples that excite one unit most. "
            + "The frame is what the unit sees " +
            "from the place of its largest activation; units without a frame see the whole image. Where that is a small part, it stands "
                + "enlarged beside. " +
            "For each layer the units with the highest peaks are shown.");
        foreach (var layer in found.Layers)
        {
            page.Heading($"`{layer.Layer}`");
            page.Gallery(layer.Shown.Select(unit => (
                (IFigure)UnitBlock.Draw(new UnitTops(layer.Layer, unit.Unit, unit.Best), examples), $"unit {unit.Unit}: {Agreement(unit)}")));
        }

        return
        [
            .. found.Layers.Select(layer => new Finding(
                $"In `{layer.Layer}`, {layer.Pure} of {layer.Live} live units have top examples of one class only.",
                layer.Layer == found.Searched[^1] ? 0.65 : 0.2)),
        ];
    }

    private static UnitResponse Response(UnitTops unit, Specimen specimen, Examples examples)
    {
        var common = Common(unit, examples);
        string name = common.Key < specimen.ClassNames.Count ? specimen.ClassNames[(int)common.Key] : $"{common.Key}";
        return new UnitResponse(unit.Unit, name, common.Count(), unit.Best);
    }

    private static string Agreement(UnitResponse unit) =>
        unit.Agreeing == unit.Best.Count ? $"all {unit.Class}"
        : 2 * unit.Agreeing > unit.Best.Count ? $"mostly {unit.Class}"
        : "several classes";

    private static IGrouping<long, long> Common(UnitTops unit, Examples examples)
    {
        using var scope = NewDisposeScope();
        var labels = examples.Labels.index_select(0, tensor(unit.Best.Select(best => best.Example).ToArray()));
        return labels.data<long>().ToArray().GroupBy(label => label).MaxBy(group => group.Count())!;
    }
}
