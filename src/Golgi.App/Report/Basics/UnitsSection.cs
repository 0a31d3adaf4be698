using Golgi.Activations;
using Golgi.App.Report.Plots;
using Golgi.Data;
using Golgi.Models;
using Golgi.Runs;
using static TorchSharp.torch;

namespace Golgi.App.Report.Basics;

/// <summary>For units of some layers: the nine examples that excite each most, with the place that does.</summary>
internal sealed class UnitsSection : IDossierSection
{
    private const int MostLayers = 4;
    private const int UnitsPerLayer = 12;
    private const int Tops = 9;
    private const int MostExamples = 6000;

    public string Title => "What units respond to";

    public IReadOnlyList<Finding> Write(
        Subject subject, SectionWriter page, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.Data is not { } data || specimen.InputShape.Count != 3) return [];
        var layers = Layers.Activations(LayerTable.Of(specimen.Network, specimen.InputShape), MostLayers);
        var options = new PassOptions { Limit = MostExamples, Device = subject.Device };
        var tops = TopExamples.Find(specimen, data.Train, layers, Tops, options, progress, cancellation);

        page.Text($"Each block shows the {Tops} of {Math.Min(MostExamples, data.Train.Count):N0} training examples that excite one unit most. The frame is what the unit sees " +
            "from the place of its largest activation; units without a frame see the whole image. For each layer the units with the highest peaks are shown.");
        var findings = new List<Finding>();
        foreach (string layer in layers)
        {
            UnitTops[] alive = [.. tops.Where(unit => unit.Layer == layer && unit.Best is [{ Value: > 0 }, ..])];
            if (alive.Length == 0) continue;
            UnitTops[] shown = [.. alive.OrderByDescending(unit => unit.Best[0].Value).Take(UnitsPerLayer).OrderBy(unit => unit.Unit)];
            page.Heading($"`{layer}`");
            page.Gallery(shown.Select(unit => ((IFigure)Block(unit, data.Train), $"unit {unit.Unit}{Agreement(unit, specimen, data.Train)}")));
            int pure = alive.Count(unit => Same(unit, data.Train) == unit.Best.Count);
            findings.Add(new Finding(
                $"In `{layer}`, {pure} of {alive.Length} live units have top examples of one class only.", layer == layers[^1] ? 0.65 : 0.2));
        }

        return findings;
    }

    private static PictureFigure Block(UnitTops unit, Examples examples)
    {
        using var scope = NewDisposeScope();
        long[] indices = [.. unit.Best.Select(best => best.Example)];
        var images = Pictures.Viewable(examples.Read(tensor(indices)));
        int height = (int)images.shape[2], width = (int)images.shape[3];
        const int Gap = 1, Columns = 3;
        var sheet = new ContactSheet { Columns = Columns, Scale = 1, Gap = Gap }.Draw(images);
        var frames = unit.Best.Select((best, i) => (best.Region, Left: Gap + ((i % Columns) * (width + Gap)), Top: Gap + ((i / Columns) * (height + Gap))))
            .Where(at => at.Region is { } region && (region.Height < height || region.Width < width))
            .Select(at => ((double)at.Left + at.Region!.Left, (double)at.Top + at.Region.Top, (double)at.Region.Width, (double)at.Region.Height));
        return Pictures.Figure(sheet, $"Top examples of unit {unit.Unit}", scale: Math.Max(0.5, Math.Round(2 * 150.0 / sheet.shape[2]) / 2)) with { Frames = [.. frames] };
    }

    private static string Agreement(UnitTops unit, Specimen specimen, Examples examples)
    {
        var common = Common(unit, examples);
        string name = common.Key < specimen.ClassNames.Count ? specimen.ClassNames[(int)common.Key] : $"{common.Key}";
        return common.Count() == unit.Best.Count ? $": all {name}" : $": {common.Count()} of {unit.Best.Count} {name}";
    }

    private static int Same(UnitTops unit, Examples examples) => Common(unit, examples).Count();

    private static IGrouping<long, long> Common(UnitTops unit, Examples examples)
    {
        using var scope = NewDisposeScope();
        var labels = examples.Labels.index_select(0, tensor(unit.Best.Select(best => best.Example).ToArray()));
        return labels.data<long>().ToArray().GroupBy(label => label).MaxBy(group => group.Count())!;
    }
}
