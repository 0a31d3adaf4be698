using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Runs;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>Makes pictures that layers cannot tell from a given one; see <see cref="Inversion"/>. A stopped job goes on after its last finished
/// layer.</summary>
/// <param name="specimen">The network. Borrowed; it is left as it was.</param>
/// <param name="layers">Dotted names.</param>
/// <param name="picture">Raw pixels (0 to 255), [1, C, H, W], in the network's own size. Borrowed.</param>
/// <param name="options">How; its preset should work on plain pixels.</param>
public sealed class InvertJob(Specimen specimen, IReadOnlyList<string> layers, Tensor picture, VisualizationOptions options)
    : SpecimenJob<InvertResult>(specimen)
{
    private const string Sheet = "inverted.png", Kept = "picture", Errors = "errors";

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("see-invert", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override JsonObject Options
    {
        get
        {
            var item = options.Describe();
            item["layers"] = new JsonArray([.. layers.Select(layer => JsonValue.Create(layer))]);
            item["picture"] = Checkpoint.DigestOf([(Kept, picture)]);
            return item;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such layer, or the preset cannot invert codes.</exception>
    public override InvertResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (string layer in layers) Check.Known(layer, Specimen.LayerNames, "layer");
        using var scope = NewDisposeScope();
        var cells = new List<Tensor> { picture / 255 };
        var rows = new List<InvertedLayer>();
        for (int i = 0; i < layers.Count; i++)
        {
            var (made, error, start) = Inverted(context, i);
            cells.Add(made);
            rows.Add(new InvertedLayer(layers[i], error, start));
        }

        new ContactSheet
        {
            Columns = cells.Count,
            Scale = (int)Math.Clamp(224 / picture.shape[3], 1, 8),
            Captions = ["given", .. rows.Select(row => $"{row.Layer} {row.Error:0.000}")],
        }.Save(cat(cells), context.Run.ArtifactPath(Sheet));
        for (int i = 0; i < layers.Count; i++) context.Run.DropCheckpoint(Name(i));
        return new InvertResult(rows, Sheet);
    }

    private static string Name(int layer) => $"layer-{layer:000}";

    /// <summary>A layer's picture, as it was kept or newly made.</summary>
    private (Tensor Picture, double Error, double Start) Inverted(JobContext context, int layer)
    {
        var made = zeros_like(picture, ScalarType.Float32);
        var errors = zeros([2], ScalarType.Float64);
        (string, Tensor)[] all = [(Kept, made), (Errors, errors)];
        if (layers.Count > 1 && context.Run.HasCheckpoint(Name(layer)))
        {
            context.Run.LoadCheckpoint(Name(layer), all);
        }
        else
        {
            using var found = Inversion.Run(Specimen, layers[layer], picture, options, context.Progress, context.Cancellation);
            made.copy_(found.Pictures);
            errors.copy_(tensor(new[] { found.Errors[0], found.StartErrors[0] }));
            if (layers.Count > 1) context.Run.SaveCheckpoint(Name(layer), all);
        }

        return (made, errors[0].item<double>(), errors[1].item<double>());
    }
}
