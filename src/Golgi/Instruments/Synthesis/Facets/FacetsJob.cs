using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Facets;

/// <summary>Finds and draws the different things that one unit responds to; see <see cref="MultifacetedVisualization"/>. A stopped job goes on
/// after its last finished batch of pictures.</summary>
/// <param name="specimen">The network with its data. Borrowed; it is left as it was.</param>
/// <param name="target">One class or one unit.</param>
/// <param name="options">How facets are found.</param>
/// <param name="pictures">How pictures are made.</param>
/// <param name="part">Which part of the data.</param>
/// <param name="contrast">How strongly pictures are drawn.</param>
public sealed class FacetsJob(
    Specimen specimen, Target target, FacetOptions options, VisualizationOptions pictures, DataPart part = DataPart.Train,
    Contrast contrast = Contrast.Plain) : SpecimenJob<FacetsResult>(specimen)
{
    private const string Sheet = "facets.png";
    private const int SheetMembers = 8;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("see-facets", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override JsonObject Options => new()
    {
        ["target"] = target.Describe(),
        ["facets"] = JsonSerializer.SerializeToNode(options, RunJson.Format),
        ["pictures"] = pictures.Describe(),
        ["part"] = part.ToString(),
        ["contrast"] = JsonSerializer.SerializeToNode(contrast, RunJson.Format),
    };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no data, there is not one unit, or there are fewer images than facets.</exception>
    public override FacetsResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var examples = Examples(part);
        using var report = MultifacetedVisualization.Continue(
            Specimen, examples, target, options, pictures, context, context.Progress, context.Cancellation);
        Draw(report, examples, context.Run.ArtifactPath(Sheet));
        PictureBatches.Forget(context.Run);
        return FacetsResult.Of(report, Specimen.ClassNames, Sheet);
    }

    /// <summary>A row for each facet: members, their mean, the picture.</summary>
    private void Draw(FacetReport report, Examples examples, string path)
    {
        using var scope = NewDisposeScope();
        long height = report.Means.shape[2], width = report.Means.shape[3];
        int columns = Math.Min(SheetMembers, report.Facets.Max(facet => facet.Members.Count)) + 2;
        var drawn = PictureValues.Drawn(contrast, report.Pictures.Pictures);
        var cells = new List<Tensor>();
        for (int k = 0; k < report.Facets.Count; k++)
        {
            var members = PictureValues.Fit(examples.Read(tensor(report.Facets[k].Members.Take(columns - 2).ToArray())), height, width);
            if (members.shape[0] < columns - 2) members = cat([members, ones([columns - 2 - members.shape[0], .. members.shape[1..]])]);
            cells.AddRange([members, report.Means[k].unsqueeze(0), drawn[k].unsqueeze(0)]);
        }

        new ContactSheet
        {
            Columns = columns,
            Scale = (int)Math.Clamp(96 / width, 1, 8),
            RowCaptions = [.. report.Facets.Select((facet, k) => $"facet {k + 1}: {facet.Size}")],
        }.Save(cat(cells), path);
    }
}
