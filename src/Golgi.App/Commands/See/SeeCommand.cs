using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Visualization;
using Spectre.Console;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see</c>: makes the pictures that units want to see.</summary>
internal sealed class SeeCommand : Verb
{
    public const string Summary =
        "Makes the pictures that a network's units or classes want to see, and writes them with a contact sheet.";

    private readonly NetworkOptions network = new();
    private readonly TargetChoice targets = new();
    private readonly PictureOptions pictures = new();
    private readonly PriorFlags priors = new();

    public SeeCommand()
        : base("see", Summary)
    {
        network.AddTo(this);
        targets.AddTo(this);
        pictures.AddTo(this);
        Options.Add(Contrast);
        priors.AddTo(this);
        Command[] verbs =
        [
            new SeeTopCommand(), new SeeFacetsCommand(), new SeeInvertCommand(), new SeeGridCommand(), new SeeAuditCommand(),
            new SeeCompareCommand(), new SeeJudgeCommand(),
        ];
        foreach (var verb in verbs) Subcommands.Add(verb);
    }

    public Option<Contrast> Contrast { get; } = ContrastChoice.Option();

    public override bool Continues => true;

    public override bool OutWasRuns => false;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        using var start = priors.StartFile(session) is { } file ? Picture.Load(file) : null;
        var asked = pictures.Read(session);
        var options = asked with { Start = start, Priors = priors.Read(session, PictureOptions.SizeFor(asked, specimen)) };
        var contrast = session.Value(Contrast);
        using var job = new SeeJob(specimen, targets.Read(session).For(specimen), options, contrast);
        var done = session.Run(job);
        session.Print(done, (result, console) => Draw(result, PictureOptions.Place(session, done, result.Sheet), console));
        if (contrast != ContrastChoice.Stretched && done.Result.Images.Any(image => image.Deviation < SeenPicture.Pale))
        {
            session.Say("Some pictures are pale and look like gray; --contrast stretched draws what is in them.");
        }

        return ExitCode.Done;
    }

    private static void Draw(SeeResult result, string sheet, IAnsiConsole console)
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
        console.MarkupLine($"{result.Seconds:0.0} s; all on one sheet: [bold]{Markup.Escape(sheet)}[/]");
    }
}
