using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Synthesis.Facets;
using Golgi.Instruments.Synthesis.Visualization;
using Spectre.Console;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see facets</c>: the different things that one unit responds to.</summary>
internal sealed class SeeFacetsCommand : Verb
{
    private readonly NetworkOptions network = new();
    private readonly OptionSet<TargetOptions> targets = new(new TargetOptions());
    private readonly OptionSet<FacetOptions> options = new(new FacetOptions());
    private readonly PictureOptions pictures = new(MultifacetedVisualization.Usual);

    public SeeFacetsCommand()
        : base(
            "facets",
            "Finds the different things that a class or unit responds to, and shows each: members, their mean, and a "
            + "picture made from it.")
    {
        network.AddTo(this);
        var item = targets.Add("--class", "The class whose images are told apart.",
            _ => (long?)null, (o, value) => o with { Units = [value!.Value] });
        var layer = targets.Add("--layer", "The layer of a hidden unit instead.", o => o.Layer, (o, value) => o with { Layer = value });
        var unit = targets.Add("--unit", "That unit; its images are those that excite it most.",
            _ => (long?)null, (o, value) => o with { Units = [value!.Value] });
        layer.NotWith(item);
        unit.OnlyWith(layer);
        options.Add("--labels", "Take the images of these labels instead: 0,5 or 0..9.",
            _ => (string?)null, (o, value) => o with { Labels = UnitList.Parse(value!, "--labels") });
        options.Add("--clusters", "Number of facets.", o => o.Clusters, (o, value) => o with { Clusters = value }).Aliases.Add("-k");
        options.Add("--nearest", "Images nearest to a facet's center that are averaged.", o => o.Nearest, (o, value) => o with { Nearest = value });
        options.Add("--images", "Images at the most.", o => o.Images, (o, value) => o with { Images = value });
        options.Add("--code-layer", "Layer that gives the codes. Default: the last before the logits, or the unit's own.",
            o => o.CodeLayer, (o, value) => o with { CodeLayer = value });
        options.Add("--cluster-in", "Where facets are told apart: in the t-SNE map, as published, or in the principal components.",
            o => o.Space, (o, value) => o with { Space = value });
        targets.AddTo(this);
        options.AddTo(this);
        Option[] others = [Part, pictures.Preset, pictures.Steps, Contrast];
        foreach (var option in others) Options.Add(option);
    }

    public Option<string> Part { get; } = PartOption.Of("train, validation or test.", "train");

    public Option<Contrast> Contrast { get; } = ContrastChoice.Option();

    public override bool Continues => true;

    public override bool OutWasRuns => false;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        var target = targets.Read(session);
        if (target.Units is null) throw new ArgumentException("Name one class with --class, or one unit with --layer and --unit.");
        using var job = new FacetsJob(
            specimen, target.For(specimen), options.Read(session), pictures.Read(session), PartOption.Read(session.Value(Part)),
            session.Value(Contrast));
        var done = session.Run(job);
        session.Print(done, (result, console) => Draw(result, PictureOptions.Place(session, done, result.Sheet), console));
        return ExitCode.Done;
    }

    private static void Draw(FacetsResult result, string sheet, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns(
            "facet", "images", "labels", "activation", "probability", "rank");
        foreach (var (k, facet) in result.Facets.Index())
        {
            table.AddRow(
                $"{k + 1}", $"{facet.Count}", Markup.Escape(
                    string.Join(", ", facet.Labels.Take(4).Select(entry => $"{entry.Key} {entry.Value}"))),
                $"{facet.Activation:0.00}", $"{facet.Probability:0.000}", $"{facet.Rank}");
        }

        console.Write(table);
        console.MarkupLine(
            $"purity {result.Purity:0.00}, silhouette {result.Silhouette:0.00}; members, means and pictures: [bold]{Markup.Escape(sheet)}[/]");
    }
}
