using System.Text.Json;
using System.Text.RegularExpressions;
using Golgi.Ascent;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Tensors;
using Spectre.Console;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary>Pictures on disk: one PNG each, a contact sheet with captions, their values, of which a PNG keeps whole gray levels
/// only, and a JSON file that says how they were made.</summary>
/// <param name="Images">One entry for each picture.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Outcome">The first outcome that is not "finished", if any.</param>
/// <param name="Sheet">The contact sheet.</param>
/// <param name="Preset">The settings.</param>
internal sealed partial record SeenPictures(
    IReadOnlyList<SeenPicture> Images, double Seconds, AscentOutcome Outcome, string Sheet, string Preset)
{
    private const int SheetPixels = 1600, MostColumns = 8;

    public static SeenPictures Save(
        PreferredPictures made, Target target, VisualizationOptions options, double seconds, PictureFolder folder)
    {
        Directory.CreateDirectory(folder.Path);
        using var scope = NewDisposeScope();
        var drawn = ContrastChoice.Apply(folder.Contrast, made.Pictures);
        var deviations = (made.Pictures - made.Pictures.mean([2L, 3L], keepdim: true)).square().mean([1L, 2L, 3L]).sqrt() * 255;
        var images = new List<SeenPicture>();
        for (int n = 0; n < made.Found.Count; n++)
        {
            var found = made.Found[n];
            string copy = options.PerUnit > 1 ? $"-{n % options.PerUnit}" : "";
            string name = $"{Label(found)}{copy}-{options.Preset}-seed{options.Seed}.png";
            Picture.Save(drawn[n], Path.Combine(folder.Path, name));
            images.Add(new SeenPicture(
                name, found.Unit, found.Name, Round(found.Activation), Round(found.Probability), found.Rank, found.Steps,
                Round(found.StartActivation), found.Outcome, Round(found.SpectrumSlope), Round(deviations[n].item<float>())));
        }

        string Label(PreferredPicture found) => found.Rank is null
            ? Plain().Replace(found.Name, "-").Trim('-')
            : target.Layer is null ? $"class-{found.Unit}" : $"{Plain().Replace(target.Layer, "-")}-{found.Unit}";

        string sheet = Path.Combine(folder.Path, "sheet.png");
        DrawSheet(made.Found, drawn, sheet);
        Npy.Write(Path.Combine(folder.Path, SavedPictures.ValuesName), made.Pictures);
        var result = new SeenPictures(images, Math.Round(seconds, 2), made.Outcome, "sheet.png", options.Preset);
        var record = new
        {
            folder.Identity,
            options.Preset,
            options.Steps,
            options.Seed,
            options.PerUnit,
            Size = (long[])[made.Pictures.shape[2], made.Pictures.shape[3]],
            target.Layer,
            Images = images,
            Traces = made.Found.Select(found => found.Trace),
        };
        File.WriteAllText(
            Path.Combine(folder.Path, SavedPictures.FileName), JsonSerializer.Serialize(record, RunJson.Format));
        return result;
    }

    public static void Draw(SeenPictures result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns(
            "unit", "activation", "at start", "probability", "rank", "steps", "outcome", "file");
        foreach (var image in result.Images)
        {
            table.AddRow(
                Markup.Escape(image.Name), $"{image.Activation:0.00}", $"{image.StartActivation:0.00}", $"{image.Probability:0.000}",
                $"{image.Rank}", $"{image.Steps}", $"{image.Outcome}", Markup.Escape(image.File));
        }

        console.Write(table);
        console.MarkupLine($"{result.Seconds:0.0} s; all on one sheet: [bold]{Markup.Escape(result.Sheet)}[/]");
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
