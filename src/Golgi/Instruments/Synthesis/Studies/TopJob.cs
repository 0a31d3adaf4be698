using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Inspection;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>Finds the examples that excite every unit of a layer most, and draws what the unit saw of them.</summary>
/// <param name="specimen">The network with its data. Borrowed; it is left as it was.</param>
/// <param name="options">Which.</param>
public sealed class TopJob(Specimen specimen, TopOptions options) : SpecimenJob<TopResult>(specimen)
{
    private const string Sheet = "top.png";
    private const int MostRows = 64, PassBatch = 100;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("see-top", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override JsonObject Options => JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such layer or unit, or no data.</exception>
    public override TopResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var examples = Examples(options.Part);
        string layer = Check.Known(options.Layer, Specimen.LayerNames, "layer");
        var tops = TopExamples.Find(
            Specimen, examples, [layer], options.Count, new PassOptions { Batch = PassBatch, Limit = options.Limit, Device = Specimen.Device },
            context.Progress, context.Cancellation);
        foreach (long unit in options.Units ?? []) Check.InRange(unit, 0, tops.Count - 1, "unit");
        UnitTops[] shown = options.Units is { } units ? [.. units.Select(unit => tops[(int)unit])] : [.. tops];
        bool drawn = examples.InputShape.Count == 3;
        if (drawn) Draw([.. shown.Take(MostRows)], examples, context.Run.ArtifactPath(Sheet));
        return new TopResult(layer, shown, drawn ? Sheet : null);
    }

    private void Draw(UnitTops[] tops, Examples examples, string path)
    {
        using var scope = NewDisposeScope();
        int columns = tops.Max(top => top.Best.Count);
        long side = options.Whole ? examples.InputShape[1] : Math.Max(
            8,
            tops.SelectMany(top => top.Best).Max(best => Math.Max(best.Region?.Height ?? 0, best.Region?.Width ?? 0)));
        side = side == 0 ? examples.InputShape[1] : side;
        var framing = Specimen.Preprocessing with { Scale = 1, Mean = [], Std = [], Channels = ChannelOrder.Rgb };
        var cells = new List<Tensor>();
        foreach (var top in tops)
        {
            foreach (var best in top.Best)
            {
                var picture = framing.Apply(examples.Read(tensor(new[] { best.Example })));
                if (!options.Whole && best.Region is { Height: > 0, Width: > 0 } region)
                {
                    picture = picture.narrow(2, region.Top, region.Height).narrow(3, region.Left, region.Width);
                }

                cells.Add(PictureValues.Fit(picture, side, side));
            }

            for (int i = top.Best.Count; i < columns; i++) cells.Add(ones_like(cells[^1]));
        }

        new ContactSheet
        {
            Columns = columns,
            Scale = (int)Math.Clamp(64 / side, 1, 8),
            RowCaptions = [.. tops.Select(top => $"{top.Unit}: {top.Best[0].Value:0.0}")],
        }.Save(cat(cells), path);
    }
}
