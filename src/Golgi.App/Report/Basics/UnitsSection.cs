using Golgi.App.Report.Plots;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Inspection;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.App.Report.Basics;

/// <summary>For units of some layers: the nine examples that excite each most, with the place that does.</summary>
internal sealed class UnitsSection : IDossierSection
{
    private const int MostLayers = 4;
    private const int UnitsPerLayer = 12;
    private const int Tops = 9;

    public string Title => "What units respond to";

    public IReadOnlyList<Finding> Write(
        Subject subject, SectionWriter page, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.Data is not { } data || specimen.InputShape.Count != 3) return [];
        var layers = Layers.Activations(LayerTable.Of(specimen.Network, specimen.InputShape), MostLayers);
        var options = new PassOptions { Limit = Layers.MostExamples, Device = subject.Device };
        var tops = TopExamples.Find(specimen, data.Train, layers, Tops, options, progress, cancellation);

        page.Text($"Each block shows the {Tops} of {Math.Min(Layers.MostExamples, data.Train.Count):N0} training examples that excite one unit most. "
            + "The frame is what the unit sees " +
            "from the place of its largest activation; units without a frame see the whole image. Where that is a small part, it stands "
                + "enlarged beside. " +
            "For each layer the units with the highest peaks are shown.");
        var findings = new List<Finding>();
        foreach (string layer in layers)
        {
            UnitTops[] alive = [.. tops.Where(unit => unit.Layer == layer && unit.Best is [{ Value: > 0 }, ..])];
            if (alive.Length == 0) continue;
            UnitTops[] shown = [.. alive.OrderByDescending(unit => unit.Best[0].Value).Take(UnitsPerLayer).OrderBy(unit => unit.Unit)];
            page.Heading($"`{layer}`");
            page.Gallery(shown.Select(unit =>
                ((IFigure)UnitBlock.Draw(unit, data.Train), $"unit {unit.Unit}: {Agreement(unit, specimen, data.Train)}")));
            int pure = alive.Count(unit => Same(unit, data.Train) == unit.Best.Count);
            findings.Add(new Finding(
                $"In `{layer}`, {pure} of {alive.Length} live units have top examples of one class only.", layer == layers[^1] ? 0.65 : 0.2));
        }

        return findings;
    }

    private static string Agreement(UnitTops unit, Specimen specimen, Examples examples)
    {
        var common = Common(unit, examples);
        string name = common.Key < specimen.ClassNames.Count ? specimen.ClassNames[(int)common.Key] : $"{common.Key}";
        int count = common.Count();
        return count == unit.Best.Count ? $"all {name}" : 2 * count > unit.Best.Count ? $"mostly {name}" : "several classes";
    }

    private static int Same(UnitTops unit, Examples examples) => Common(unit, examples).Count();

    private static IGrouping<long, long> Common(UnitTops unit, Examples examples)
    {
        using var scope = NewDisposeScope();
        var labels = examples.Labels.index_select(0, tensor(unit.Best.Select(best => best.Example).ToArray()));
        return labels.data<long>().ToArray().GroupBy(label => label).MaxBy(group => group.Count())!;
    }
}
