using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Synthesis.Studies;
using Spectre.Console;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see top</c>: the images of a data set that excite each unit most.</summary>
internal sealed class SeeTopCommand : Verb
{
    private readonly NetworkOptions network = new();
    private readonly OptionSet<TopOptions> options = new(new TopOptions());

    public SeeTopCommand()
        : base(
            "top",
            "Finds, in one pass over a data set, the images that excite every unit of a layer most, and shows what "
            + "the unit saw of them.")
    {
        network.AddTo(this);
        options.Add("--layer", "The layer, by its dotted name.", _ => (string?)null, (o, value) => o with { Layer = value! }).Required = true;
        options.Add("--unit", "Units that are shown; the pass covers all: 17, or 0..15, or all.",
            _ => "all", (o, value) => o with { Units = UnitList.Parse(value, "--unit") });
        options.Add("--count", "Images of each unit.", o => o.Count, (o, value) => o with { Count = value });
        options.Add("--limit", "Images to look at, spread over the set. Default: all.", o => o.Limit, (o, value) => o with { Limit = value });
        options.Add("--whole", "Show whole images instead of what the unit sees of them.", o => o.Whole, (o, value) => o with { Whole = value });
        options.AddTo(this);
        Options.Add(Part);
    }

    public Option<string> Part { get; } = PartOption.Of("train, validation or test.");

    public override bool OutWasRuns => false;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        using var job = new TopJob(specimen, options.Read(session) with { Part = PartOption.Read(session.Value(Part)) });
        var done = session.Run(job);
        session.Print(done, (result, console) =>
        {
            Draw(result, console);
            if (result.Sheet is { } sheet) console.MarkupLine($"What they saw: [bold]{Markup.Escape(PictureOptions.Place(session, done, sheet))}[/]");
        });
        return ExitCode.Done;
    }

    private static void Draw(TopResult result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("unit", "greatest", "images");
        foreach (var unit in result.Units)
        {
            table.AddRow($"{unit.Unit}", $"{unit.Best[0].Value:0.000}", string.Join(" ", unit.Best.Select(best => best.Example)));
        }

        console.Write(table);
    }
}
