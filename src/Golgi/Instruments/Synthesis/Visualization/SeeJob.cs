using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Jobs;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>Makes the pictures that units want to see and draws them: a PNG each, a contact sheet with captions, their values, and
/// <c>see.json</c>, which says how they were made.</summary>
/// <param name="specimen">The network. Borrowed; it is left as it was.</param>
/// <param name="target">Which units.</param>
/// <param name="options">How they are made.</param>
/// <param name="contrast">How they are drawn; another contrast draws the same pictures anew.</param>
public sealed partial class SeeJob(Specimen specimen, Target target, VisualizationOptions options, Contrast contrast = Contrast.Plain)
    : Job<SeeResult>
{
    private const string Sheet = "sheet.png";
    private const int SheetPixels = 1600, MostColumns = 8;
    private readonly PicturesJob pictures = new(specimen, target, options);

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("see", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => pictures.Subject;

    /// <inheritdoc/>
    public override JsonObject Options
    {
        get
        {
            var item = pictures.Options;
            item["contrast"] = JsonSerializer.SerializeToNode(contrast, RunJson.Format);
            return item;
        }
    }

    /// <inheritdoc/>
    public override JsonObject? Request => pictures.Request;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => pictures.Inputs;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such layer, unit, class or preset, or the size does not fit the network.</exception>
    public override SeeResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var made = context.RunAll<PicturesResult>([pictures])[0];
        var found = made.Result.Found;
        var values = PicturesJob.Load(made);
        var drawn = PictureValues.Drawn(contrast, values);
        double[] deviations = PictureValues.Deviations(values);
        SeenPicture[] images = [.. found.Select((picture, n) => new SeenPicture(
            FileName(picture, n), picture.Unit, picture.Name, Round(picture.Activation), Round(picture.Probability), picture.Rank, picture.Steps,
            Round(picture.StartActivation), picture.Outcome, Round(picture.SpectrumSlope), Round(deviations[n])))];
        for (int n = 0; n < images.Length; n++) Picture.Save(drawn[n], context.Run.ArtifactPath(images[n].File));
        DrawSheet(found, drawn, context.Run.ArtifactPath(Sheet));
        File.Copy(Path.Combine(made.Artifacts, PictureValues.FileName), context.Run.ArtifactPath(PictureValues.FileName), overwrite: true);
        var record = new
        {
            options.Preset,
            options.Steps,
            options.Seed,
            options.PerUnit,
            Size = (long[])[values.shape[2], values.shape[3]],
            target.Layer,
            Images = images,
            Traces = found.Select(picture => picture.Trace),
        };
        AtomicFile.Write(context.Run.ArtifactPath(SavedPictures.FileName), JsonSerializer.Serialize(record, RunJson.Format));
        return new SeeResult(images, made.Result.Seconds, made.Result.Outcome, Sheet, options.Preset);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        pictures.Dispose();
        base.Dispose();
    }

    private string FileName(PreferredPicture picture, int n)
    {
        string label = picture.Rank is null
            ? Plain().Replace(picture.Name, "-").Trim('-')
            : target.Layer is null ? $"class-{picture.Unit}" : $"{Plain().Replace(target.Layer, "-")}-{picture.Unit}";
        string copy = options.PerUnit > 1 ? $"-{n % options.PerUnit}" : "";
        return $"{label}{copy}-{options.Preset}-seed{options.Seed}.png";
    }

    private static void DrawSheet(IReadOnlyList<PreferredPicture> found, Tensor pictures, string path)
    {
        int side = (int)pictures.shape[3], columns = Math.Min(MostColumns, found.Count);
        new ContactSheet
        {
            Columns = columns,
            Scale = Math.Clamp(SheetPixels / (side * columns), 1, 8),
            Captions = [.. found.Select(Caption)],
        }.Save(pictures, path);
    }

    private static string Caption(PreferredPicture found)
    {
        string text = $"{found.Name.Split(',')[0]} {found.Activation:0.0}";
        return found.Rank is null ? text : $"{text} p{found.Probability:0.00} #{found.Rank}";
    }

    private static double Round(double value) => Math.Round(value, 4);

    private static double? Round(double? value) => value is { } number ? Round(number) : null;

    [GeneratedRegex("[^A-Za-z0-9.]+")]
    private static partial Regex Plain();
}
