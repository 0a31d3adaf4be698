using Golgi.App.Report.Plots;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Search;
using Golgi.Networks.Catalog;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.App.Report.Tickets;

/// <summary>The masks of a search as pictures, and the region of the plane (before, after training) that the criterion kept, from the weights
/// themselves.</summary>
internal static class TicketPictures
{
    private const int MostMasks = 3;

    /// <summary>Writes them, of the first replicate.</summary>
    public static void Write(SectionWriter writer, TicketSearchResult result, string runs)
    {
        if (result.Levels.Count < 2) return;
        using var scope = NewDisposeScope();
        string dense = result.Levels[0].Replicates[0].TicketIn(runs);
        using var trained = TicketFile.Open(dense, out var all);
        all.Dispose();
        var lineage = TicketFile.ReadLineage(dense);
        using var untrained = ModelCatalog.Build(lineage.Model, lineage.InputShape, lineage.Classes, lineage.Initialization, lineage.Seed);
        using var after = new WeightVector(trained);
        using var before = new WeightVector(untrained);
        writer.Heading("What the criterion kept");
        writer.Figures(Planes(result.Levels[1], runs, before, after));
        writer.Heading("Masks");
        foreach (var step in Some(result)) writer.Figures(Masks(step, runs, lineage.InputShape));
    }

    private static List<(IFigure, string)> Planes(TicketStep first, string runs, WeightVector before, WeightVector after)
    {
        using var mask = Open(first, runs);
        return
        [
            .. mask.Layers.Take(MostMasks).Select((layer, i) => (
                (IFigure)MaskPictures.Plane(before.Values, after.Values, mask, i),
                $"`{layer.Name}`: weights before the first training (across) and after (up), darker where there are more; green where the first "
                    + "round kept them.")),
        ];
    }

    private static List<(IFigure, string)> Masks(TicketStep step, string runs, IReadOnlyList<long> inputShape)
    {
        using var mask = Open(step, runs);
        var figures = new List<(IFigure, string)>();
        if (MaskPictures.Inputs(mask, inputShape) is { } inputs)
        {
            figures.Add((inputs, $"{step.Remaining:P1} remaining: how many kept weights of the first layer read each pixel."));
        }
        for (int i = 0; i < Math.Min(MostMasks, mask.Layers.Count); i++)
        {
            if (MaskPictures.Matrix(mask, i) is { } matrix) figures.Add((matrix, $"`{mask.Layers[i].Name}`, a row per output, black where kept."));
        }

        return figures;
    }

    private static IEnumerable<TicketStep> Some(TicketSearchResult result)
    {
        int last = result.Levels.Count - 1;
        return new[] { 1, (last + 1) / 2, last }.Distinct().Select(i => result.Levels[i]);
    }

    private static Mask Open(TicketStep step, string runs)
    {
        TicketFile.Open(step.Replicates[0].TicketIn(runs), out var mask).Dispose();
        return mask;
    }
}
