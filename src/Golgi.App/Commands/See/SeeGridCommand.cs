using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Synthesis.Studies;
using Spectre.Console;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see grid</c>: a map of what a layer can say.</summary>
internal sealed class SeeGridCommand : Verb
{
    private readonly NetworkOptions network = new();
    private readonly OptionSet<ActivationGridOptions> options = new(new ActivationGridOptions());

    public SeeGridCommand()
        : base(
            "grid",
            "Lays the activations of many images out by likeness and shows each cell of the map by the picture that "
            + "it asks for.")
    {
        network.AddTo(this);
        options.Add("--images", "Images, one random place of each.", o => o.Images, (o, value) => o with { Images = value });
        options.Add("--cells", "Cells along a side.", o => o.Cells, (o, value) => o with { Cells = value });
        options.Add("--size", "Side of an icon in pixels. Default: the network's input.", o => o.Size, (o, value) => o with { Size = value });
        options.Add("--steps", "Steps of an icon.", o => o.Steps, (o, value) => o with { Steps = value });
        Options.Add(Layer);
        options.AddTo(this);
        Options.Add(Part);
    }

    public Option<string> Layer { get; } = new("--layer") { Description = "The layer, by its dotted name.", Required = true };

    public Option<string> Part { get; } = PartOption.Of("train, validation or test.");

    public override bool Continues => true;

    public override bool OutWasRuns => false;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        using var job = new GridJob(
            specimen, session.Value(Layer), options.Read(session) with { Seed = session.Seed }, PartOption.Read(session.Value(Part)));
        var done = session.Run(job);
        session.Print(done, (result, console) => console.MarkupLine(
            $"{result.Cells.Count} cells, commonest label's mean share {result.Purity:0.00}; the map: "
            + $"[bold]{Markup.Escape(PictureOptions.Place(session, done, result.Sheet))}[/]"));
        return ExitCode.Done;
    }
}
