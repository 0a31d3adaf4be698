using System.CommandLine;
using System.Globalization;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Instruments.Tickets.Use;
using Golgi.Opening;
using Spectre.Console;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see compare</c>: presets beside each other, by what another network makes of their
/// pictures.</summary>
internal sealed class SeeCompareCommand : Verb
{
    private readonly NetworkOptions network = new();
    private readonly PictureOptions pictures = new();

    public SeeCompareCommand()
        : base(
            "compare",
            "Makes pictures of the same classes with several presets and asks another network what they show: a table and a contact "
            + "sheet. Pictures that are there are not made again, whoever made them, nor is a finished batch: a stopped comparison goes on where it "
            + "was.")
    {
        network.AddTo(this);
        Option[] options = [Judge, Methods, Class, pictures.Steps, pictures.Size, pictures.Batch, Contrast];
        foreach (var option in options) Options.Add(option);
    }

    public Option<string> Judge { get; } = new("--judge")
    {
        Description = "The network that is asked: of another family or trained apart, with the same classes. Named like NETWORK.",
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

    public Option<Contrast> Contrast { get; } = ContrastChoice.Option();

    public override bool Continues => true;

    public override bool OutWasRuns => false;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        using var judge = TicketSpecimen.Open(NetworkReference.Parse(session.Value(Judge)), session.SpecimenOptions);
        var asked = pictures.Read(session);
        var classes = new TargetOptions { Units = UnitList.Parse(session.Value(Class), "--class") }.For(specimen).Units;
        var methods = PictureMethods.Parse(session.Value(Methods), asked, PictureOptions.SizeFor(asked, specimen));
        using var job = new CompareJob(specimen, judge, classes, methods, asked.Size, session.Value(Contrast));
        var done = session.Run(job);
        session.Print(done, (result, console) => Draw(result, PictureOptions.Place(session, done, result.Sheet), console));
        bool stretched = session.Value(Contrast) == ContrastChoice.Stretched;
        foreach (var row in done.Result.Rows.Where(row => row.LeastDeviation < SeenPicture.Pale && !stretched))
        {
            session.Say($"{row.Method}: pale pictures; --contrast stretched shows the judge what is in them");
        }

        return ExitCode.Done;
    }

    private static void Draw(CompareResult result, string sheet, IAnsiConsole console)
    {
        console.MarkupLine(
            $"{result.Classes} classes at {result.Size}; judge: [bold]{Markup.Escape(result.Judge)}[/], shown them so and in its own size");
        var table = new Table().Border(TableBorder.Minimal).AddColumns(
            "method", "target first", "first five", "judge first", "first five", "own size: first", "first five", "spectrum slope");
        foreach (var row in result.Rows)
        {
            double[] values =
            [
                row.TargetAccuracy, row.TargetTop5, row.JudgeAccuracy, row.JudgeTop5, row.OwnSizeAccuracy, row.OwnSizeTop5, row.SpectrumSlope,
            ];
            table.AddRow([Markup.Escape(row.Method), .. values.Select(value => value.ToString("0.00", CultureInfo.InvariantCulture))]);
        }

        console.Write(table);
        console.MarkupLine($"Side by side: [bold]{Markup.Escape(sheet)}[/]");
    }
}
