using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Golgi.App.Commands.Options;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Objectives;
using Golgi.Data;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Networks;
using Golgi.Opening;
using Golgi.Scores;
using Spectre.Console;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see compare</c>: presets beside each other, by what another network makes of their
/// pictures.</summary>
internal sealed class SeeCompareCommand : Verb
{
    private const string Photographs = "photographs";
    private const int SheetColumns = 8, SheetSide = 128;
    private readonly NetworkChoice network = new();

    public SeeCompareCommand()
        : base(
            "compare",
            "Makes pictures of the same classes with several presets and asks another network what they show: a table and a contact "
            + "sheet. A preset whose folder is finished is not made again, nor is a finished batch, so a stopped comparison goes on where it was.")
    {
        network.AddTo(this);
        Option[] options = [Judge, Methods, Class, Steps, Size, Batch, Contrast];
        foreach (var option in options) Options.Add(option);
    }

    public Option<string> Judge { get; } = new("--judge")
    {
        Description = "The network that is asked: of another family or trained apart, with the same classes. See "
            + "MODEL.",
        Required = true,
    };

    public Option<string> Methods { get; } = new("--presets")
    {
        Description = $"Presets between commas; +VIEWS after one changes what pictures must survive: {ViewChoice.Usage}.",
        DefaultValueFactory = _ => "pixels,pixels+robust,olah2017+none,olah2017",
    };

    public Option<string> Class { get; } = new("--class")
    {
        Description = "Classes: 130, or 0,5,9, or 0..15, or all.",
        Required = true,
    };

    public Option<int?> Steps { get; } = new("--steps")
    {
        Description = "Steps of every preset. Default: each preset's own.",
    };

    public Option<string?> Size { get; } = new("--size")
    {
        Description = "Side of the pictures, or HEIGHTxWIDTH. Default: the network's input; of fel2023-maco 16/7 times that.",
    };

    public Option<int> Batch { get; } = new("--batch")
    {
        Description = "Pictures that climb together.",
        DefaultValueFactory = _ => 8,
    };

    public Option<Contrast> Contrast { get; } = ContrastChoice.Option();

    public override bool Continues => true;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        using var judge = SpecimenSource.Open(session.Value(Judge), new SpecimenOptions { Device = session.Device });
        var asked = PictureSize.Parse(session.Value(Size));
        var size = asked ?? (specimen.InputShape[^2], specimen.InputShape[^1]);
        var target =
            new Target(null, UnitList.Parse(session.Value(Class), () => LogitSource.Find(specimen).Classes, "--class"));
        var common = new VisualizationOptions { Steps = session.Value(Steps), Size = asked, Batch = session.Value(Batch), Seed = session.Seed };
        var methods = PictureMethod.Parse(session.Value(Methods), common, size);

        var rows = new List<Row>();
        var cells = new List<Tensor>();
        using var scope = NewDisposeScope();
        if (specimen.Data is { } data)
        {
            var photographs = Examples(data, target.Units, size);
            var own = PictureJudge.Ask(specimen, photographs, target.Units, size);
            Add(Photographs, photographs, own, photographs.Average(picture => Spectrum.Slope(picture)));
        }

        foreach (var method in methods)
        {
            var saved = Make(session, specimen, target, method);
            Add(method.Name, saved.Load(session.Value(Contrast)), saved.Own, saved.SpectrumSlope);
            if (session.Value(Contrast) == Golgi.App.Commands.See.Contrast.Plain && saved.Pale)
            {
                session.Say($"{method.Name}: pale pictures; --contrast stretched shows the judge what is in them");
            }
        }

        string sheet = Path.Combine(session.PicturesFolder, "compare.png");
        new ContactSheet { Columns = cells.Count / rows.Count, Scale = 1, RowCaptions = [.. rows.Select(row => row.Method)] }
            .Save(cat(cells), sheet);
        session.Print(new Printed(judge.Name, $"{size.Height}x{size.Width}", target.Units.Count, rows, sheet), Draw);
        return ExitCode.Done;

        void Add(string name, IReadOnlyList<Tensor> pictures, PictureVerdict own, double slope)
        {
            var asMade = PictureJudge.Ask(judge, pictures, target.Units, size);
            var enlarged = PictureJudge.Ask(judge, pictures, target.Units);
            rows.Add(new Row(name, own.Top1, own.Top5, asMade.Top1, asMade.Top5, enlarged.Top1, enlarged.Top5, slope));
            cells.AddRange(pictures.Take(SheetColumns)
                .Select(picture => Cells.Fit(picture.unsqueeze(0), SheetSide, SheetSide).expand(-1, 3, -1, -1)));
        }
    }

    /// <summary>The pictures of one method: as they lie in its folder, or newly made.</summary>
    private SavedPictures Make(Session session, Specimen specimen, Target target, PictureMethod method)
    {
        string folder = Path.Combine(session.PicturesFolder, method.Folder);
        Option[] regardless = [Judge, Methods, Contrast];
        string identity = PictureIdentity.Of(session, specimen, method.Name, [.. regardless, Batch, CommonOptions.Threads]).Hash;
        if (!File.Exists(Path.Combine(folder, SavedPictures.FileName)) || SavedPictures.Read(folder).Identity != identity)
        {
            session.Say($"{method.Name}: making {target.Units.Count} pictures");
            var clock = Stopwatch.StartNew();
            using var kept = new KeptBatches(folder, PictureIdentity.Of(session, specimen, method.Name, regardless));
            using var made = session.Track(progress =>
                FeatureVisualization.Run(specimen, target, method.Options, kept, progress, session.Cancellation));
            SeenPictures.Save(made, target, method.Options, clock.Elapsed.TotalSeconds, new(folder) { Identity = identity });
            kept.Remove();
        }

        return SavedPictures.Read(folder);
    }

    /// <summary>The first example of each class, in a size: uint8 or float, each [C, H, W].</summary>
    private static Tensor[] Examples(DataSet data, IReadOnlyList<long> classes, (long Height, long Width) size)
    {
        Examples[] parts = [data.Train, data.Validation, data.Test];
        var places = parts
            .SelectMany(
                part => part.Labels.data<long>().ToArray().Select((label, index) => (label, part, index: (long)index)))
            .ToLookup(entry => entry.label);
        return [.. classes.Select(item =>
        {
            var (_, part, index) = places[item].FirstOrDefault();
            if (part is null)
            {
                throw new ArgumentException(
                    $"{data.Name} has no example of class {item}. Leave the class or --data out.");
            }
            return (Cells.Fit(part.Read(tensor(new[] { index })), size.Height, size.Width)[0] * 255).MoveToOuterDisposeScope();
        })];
    }

    private static void Draw(Printed result, IAnsiConsole console)
    {
        console.MarkupLine(
            $"{result.Classes} classes at {result.Size}; judge: [bold]{Markup.Escape(result.Judge)}[/], shown them so and in its own size");
        var table = new Table().Border(TableBorder.Minimal).AddColumns(
            "method", "target first", "first five", "judge first", "first five", "own size: first", "first five", "spectrum slope");
        foreach (var row in result.Rows)
        {
            double[] values =
            [
                row.TargetTop1, row.TargetTop5, row.JudgeTop1, row.JudgeTop5, row.OwnSizeTop1, row.OwnSizeTop5, row.SpectrumSlope,
            ];
            table.AddRow([Markup.Escape(row.Method), .. values.Select(value => value.ToString("0.00", CultureInfo.InvariantCulture))]);
        }

        console.Write(table);
        console.MarkupLine($"Side by side: [bold]{Markup.Escape(result.Sheet)}[/]");
    }

    /// <summary>Shares of pictures whose class comes first, or among the first five: with the network they were made for, with the
    /// judge as they are, and with the judge in its own size.</summary>
    private sealed record Row(
        string Method,
        double TargetTop1,
        double TargetTop5,
        double JudgeTop1,
        double JudgeTop5,
        double OwnSizeTop1,
        double OwnSizeTop5,
        double SpectrumSlope);

    private sealed record Printed(string Judge, string Size, int Classes, IReadOnlyList<Row> Rows, string Sheet);
}
