using Golgi.Foundation;
using Golgi.Networks;

namespace Golgi.App.Report.Basics;

/// <summary>What the network is: its layers, sizes and costs.</summary>
internal sealed class NetworkSection : DossierSection<LayerTable>
{
    public override string Title => "The network";

    public override LayerTable Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation) =>
        LayerTable.Of(subject.Specimen.Network, subject.Specimen.InputShape);

    public override IReadOnlyList<Finding> Write(LayerTable found, Subject subject, SectionWriter page)
    {
        page.Facts(
            ("input", Words.Shape(found.InputShape)),
            ("parameters", Words.Count(found.Parameters)),
            ("multiply-adds per input", Words.Count(found.MultiplyAdds)),
            ("layers", $"{found.Layers.Count}"));
        page.Table(
            ["layer", "kind", "#output", "#weights", "#parameters", "#multiply-adds", "#share of parameters"],
            found.Layers.Select(layer => (IReadOnlyList<string>)
            [
                $"`{layer.Name}`",
                layer.Kind,
                Words.Shape(layer.OutputShape),
                Words.Shape(layer.WeightShape),
                layer.Parameters == 0 ? "" : Words.Count(layer.Parameters),
                layer.MultiplyAdds == 0 ? "" : Words.Count(layer.MultiplyAdds),
                layer.Parameters == 0 ? "" : Words.Percent((double)layer.Parameters / found.Parameters),
            ]));
        return [.. Dominant(found)];
    }

    private static IEnumerable<Finding> Dominant(LayerTable table)
    {
        if (table.Parameters == 0) yield break;
        var largest = table.Layers.MaxBy(layer => layer.Parameters)!;
        double share = (double)largest.Parameters / table.Parameters;
        if (share < 0.5) yield break;
        yield return new Finding(
            $"`{largest.Name}` alone holds {Words.Percent(share)} of the {Words.Count(table.Parameters)} parameters.", 0.3);
    }
}
