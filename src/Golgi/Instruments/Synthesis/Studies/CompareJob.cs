using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Ascent.Canvases;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Scores;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>Makes pictures of the same classes with several methods and asks another network what they show. Each method's pictures are a part
/// (<see cref="PicturesJob"/>), so whoever made them before finds them done.</summary>
/// <param name="specimen">The network that the pictures are made for; with data, photographs are judged too. Borrowed.</param>
/// <param name="judge">The network that is asked. Borrowed.</param>
/// <param name="classes">A picture each.</param>
/// <param name="methods">The ways of making them, in one size.</param>
/// <param name="size">That size; null: the network's input.</param>
/// <param name="contrast">How strongly pictures are shown to the judge and on the sheet.</param>
public sealed class CompareJob(
    Specimen specimen, Specimen judge, IReadOnlyList<long> classes, IReadOnlyList<PictureMethod> methods, (long Height, long Width)? size = null,
    Contrast contrast = Contrast.Plain) : SpecimenJob<CompareResult>(specimen)
{
    private const string Photographs = "photographs", Sheet = "compare.png";
    private const int SheetColumns = 8, SheetSide = 128;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("see-compare", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override JsonObject Options => new()
    {
        ["classes"] = JsonSerializer.SerializeToNode(classes, RunJson.Format),
        ["size"] = new JsonArray(Size.Height, Size.Width),
        ["contrast"] = JsonSerializer.SerializeToNode(contrast, RunJson.Format),
        ["methods"] = new JsonArray([.. methods.Select(method => new JsonObject { [method.Name] = method.Options.Describe() })]),
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => base.Inputs
        .Concat(SpecimenInputs.Of(judge).Where(input => input.Key != "data_identity")
            .Select(input => KeyValuePair.Create($"judge_{input.Key}", input.Value)))
        .ToDictionary();

    private (long Height, long Width) Size => size ?? (Specimen.InputShape[^2], Specimen.InputShape[^1]);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such class or preset, or the data have no example of a class.</exception>
    public override CompareResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var rows = new List<ComparedMethod>();
        var cells = new List<Tensor>();
        using var scope = NewDisposeScope();
        if (Specimen.Data is { } data)
        {
            var photographs = Examples(data);
            var own = PictureJudge.Ask(Specimen, photographs, classes, Size);
            Add(Photographs, photographs, own, photographs.Average(picture => Spectrum.Slope(picture)), null);
        }

        PicturesJob[] parts = [.. methods.Select(method => new PicturesJob(Specimen, Target.Classes(classes), method.Options))];
        foreach (var (method, made) in methods.Zip(context.RunAll<PicturesResult>(parts)))
        {
            var values = PicturesJob.Load(made);
            var found = made.Result.Found;
            Add(
                method.Name, (PictureValues.Drawn(contrast, values) * 255).unbind(),
                new PictureVerdict([.. found.Select(picture => (long)picture.Rank!)]),
                found.Average(picture => picture.SpectrumSlope ?? double.NaN), PictureValues.Deviations(values).Min());
        }

        new ContactSheet { Columns = cells.Count / rows.Count, Scale = 1, RowCaptions = [.. rows.Select(row => row.Method)] }
            .Save(cat(cells), context.Run.ArtifactPath(Sheet));
        return new CompareResult(judge.Name, $"{Size.Height}x{Size.Width}", classes.Count, rows, Sheet);

        void Add(string name, IReadOnlyList<Tensor> pictures, PictureVerdict own, double slope, double? deviation)
        {
            var asMade = PictureJudge.Ask(judge, pictures, classes, Size);
            var enlarged = PictureJudge.Ask(judge, pictures, classes);
            rows.Add(new ComparedMethod(
                name, own.Top1, own.Top5, asMade.Top1, asMade.Top5, enlarged.Top1, enlarged.Top5, slope,
                deviation is { } value ? Math.Round(value, 4) : null));
            cells.AddRange(pictures.Take(SheetColumns)
                .Select(picture => PictureValues.Fit(picture.unsqueeze(0), SheetSide, SheetSide).expand(-1, 3, -1, -1)));
        }
    }

    /// <summary>The first example of each class, in the size: float, each [C, H, W].</summary>
    private Tensor[] Examples(DataSet data)
    {
        Examples[] parts = [data.Train, data.Validation, data.Test];
        var places = parts
            .SelectMany(
                part => part.Labels.data<long>().ToArray().Select((label, index) => (label, part, index: (long)index)))
            .ToLookup(entry => entry.label);
        return [.. classes.Select(item =>
        {
            var (_, part, index) = places[item].FirstOrDefault();
            return part is null
                ? throw new ArgumentException($"{data.Name} has no example of class {item}. Leave the class or --data out.")
                : PictureValues.Fit(part.Read(tensor(new[] { index })), Size.Height, Size.Width)[0] * 255;
        })];
    }
}
