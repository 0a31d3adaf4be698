using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>Draws a map of what a layer can say; see <see cref="ActivationGrid"/>. A stopped job goes on after its last finished batch of
/// icons.</summary>
/// <param name="specimen">The network with its data. Borrowed; it is left as it was.</param>
/// <param name="layer">A dotted name.</param>
/// <param name="options">How.</param>
/// <param name="part">Which part of the data.</param>
public sealed class GridJob(Specimen specimen, string layer, ActivationGridOptions options, DataPart part = DataPart.Test)
    : SpecimenJob<GridResult>(specimen)
{
    private const string Sheet = "grid.png";

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("see-grid", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override JsonObject Options
    {
        get
        {
            var item = JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject();
            item["layer"] = layer;
            item["part"] = part.ToString();
            return item;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such layer, or no data.</exception>
    public override GridResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var grid = ActivationGrid.Continue(Specimen, Examples(part), layer, options, context, context.Progress, context.Cancellation);
        Draw(grid, context.Run.ArtifactPath(Sheet));
        PictureBatches.Forget(context.Run);
        return new GridResult(grid.Cells, grid.Cells.Average(cell => cell.Purity), Sheet);
    }

    private static void Draw(ActivationGrid grid, string path)
    {
        using var scope = NewDisposeScope();
        long[] icon = grid.Pictures.shape[1..];
        var cells = Enumerable.Range(0, grid.Side * grid.Side).Select(_ => ones(icon)).ToArray();
        for (int i = 0; i < grid.Cells.Count; i++)
        {
            cells[(grid.Cells[i].Row * grid.Side) + grid.Cells[i].Column] = grid.Pictures[i];
        }

        new ContactSheet { Columns = grid.Side, Scale = (int)Math.Clamp(64 / icon[2], 1, 8), Gap = 1 }.Save(stack(cells), path);
    }
}
