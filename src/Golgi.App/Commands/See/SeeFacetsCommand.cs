using Golgi.App.Commands.Options;
using System.CommandLine;
using Golgi.Ascent;
using Golgi.Data;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Facets;
using Golgi.Instruments.Synthesis.Visualization;
using Spectre.Console;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see facets</c>: the different things that one unit responds to.</summary>
internal sealed class SeeFacetsCommand : Verb
{
    private const int SheetMembers = 8;
    private readonly NetworkChoice network = new();

    public SeeFacetsCommand()
        : base(
            "facets",
            "Finds the different things that a class or unit responds to, and shows each: members, their mean, and a "
            + "picture made from it.")
    {
        network.AddTo(this);
        Option[] options = [Class, Layer, Unit, Labels, Clusters, Nearest, Images, CodeLayer, In, Part, Preset, Steps, Contrast];
        foreach (var option in options) Options.Add(option);
    }

    public Option<long?> Class { get; } = new("--class") { Description = "The class whose images are told apart." };

    public Option<string?> Layer { get; } = new("--layer") { Description = "The layer of a hidden unit instead." };

    public Option<long?> Unit { get; } = new("--unit")
    {
        Description = "That unit; its images are those that excite it most.",
    };

    public Option<string?> Labels { get; } = new("--labels")
    {
        Description = "Take the images of these labels instead: 0,5 or 0..9.",
    };

    public Option<int> Clusters { get; } = new("-k", "--clusters")
    {
        Description = "Number of facets.",
        DefaultValueFactory = _ => 10,
    };

    public Option<int> Nearest { get; } = new("--nearest")
    {
        Description = "Images nearest to a facet's center that are averaged.",
        DefaultValueFactory = _ => 15,
    };

    public Option<int> Images { get; } = new("--images")
    {
        Description = "Images at the most.",
        DefaultValueFactory = _ => 1300,
    };

    public Option<string?> CodeLayer { get; } = new("--code-layer")
    {
        Description = "Layer that gives the codes. Default: the last before the logits, or the unit's own.",
    };

    public Option<string> In { get; } = new Option<string>("--cluster-in")
    {
        Description = "map (t-SNE, as published) or components.",
        DefaultValueFactory = _ => "map",
    }.AcceptOnlyFromAmong("map", "components");

    public Option<string> Part { get; } = PartOption.Of("train, validation or test.", "train");

    public Option<string> Preset { get; } = new("--preset")
    {
        Description = "How pictures are made from the means.",
        DefaultValueFactory = _ => "nguyen2016-mfv-mean",
    };

    public Option<int?> Steps { get; } = new("--steps")
    {
        Description = "Steps in all. Fewer keep the facet, more wear it away.",
    };

    public Option<Contrast> Contrast { get; } = ContrastChoice.Option();

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        var examples = PartOption.Of(specimen, session.Value(Part));
        var target = (session.Value(Class), session.Value(Layer), session.Value(Unit)) switch
        {
            ({ } wanted, null, null) => Target.Classes(wanted),
            (null, { } layer, { } unit) => new Target(layer, [unit]),
            _ => throw new ArgumentException("Name one class with --class, or one unit with --layer and --unit."),
        };
        var options = new FacetOptions
        {
            Clusters = session.Value(Clusters),
            Nearest = session.Value(Nearest),
            Images = session.Value(Images),
            CodeLayer = session.Value(CodeLayer),
            Space = session.Value(In) == "map" ? FacetSpace.Map : FacetSpace.Components,
            Labels = session.Value(Labels) is { } labels ? UnitList.Parse(labels, () => specimen.ClassNames.Count, "--labels") : null,
        };
        var pictures = new VisualizationOptions { Preset = session.Value(Preset), Steps = session.Value(Steps), Seed = session.Seed };
        using var report = session.Track(progress =>
            MultifacetedVisualization.Run(specimen, examples, target, options, pictures, progress, session.Cancellation));
        string sheet = Path.Combine(session.PicturesFolder, "facets.png");
        Save(report, examples, sheet, session.Value(Contrast));
        session.Print(Printed.Of(report, specimen.ClassNames, sheet), Draw);
        return ExitCode.Done;
    }

    /// <summary>A row for each facet: members, their mean, the picture.</summary>
    private static void Save(FacetReport report, Examples examples, string path, Contrast contrast)
    {
        using var scope = NewDisposeScope();
        long height = report.Means.shape[2], width = report.Means.shape[3];
        int columns = Math.Min(SheetMembers, report.Facets.Max(facet => facet.Members.Count)) + 2;
        var pictures = ContrastChoice.Apply(contrast, report.Pictures.Pictures);
        var cells = new List<Tensor>();
        for (int k = 0; k < report.Facets.Count; k++)
        {
            var members =
                Cells.Fit(examples.Read(tensor(report.Facets[k].Members.Take(columns - 2).ToArray())), height, width);
            if (members.shape[0] < columns - 2) members = cat([members, ones([columns - 2 - members.shape[0], .. members.shape[1..]])]);
            cells.AddRange([members, report.Means[k].unsqueeze(0), pictures[k].unsqueeze(0)]);
        }

        new ContactSheet
        {
            Columns = columns,
            Scale = (int)Math.Clamp(96 / width, 1, 8),
            RowCaptions = [.. report.Facets.Select((facet, k) => $"facet {k + 1}: {facet.Size}")],
        }.Save(cat(cells), path);
    }

    private static void Draw(Printed result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns(
            "facet", "images", "labels", "activation", "probability", "rank");
        foreach (var (facet, k) in result.Facets.Select((facet, k) => (facet, k)))
        {
            table.AddRow(
                $"{k + 1}", $"{facet.Size}", Markup.Escape(
                    string.Join(", ", facet.Labels.Take(4).Select(entry => $"{entry.Key} {entry.Value}"))),
                $"{facet.Activation:0.00}", $"{facet.Probability:0.000}", $"{facet.Rank}");
        }

        console.Write(table);
        console.MarkupLine(
            $"purity {result.Purity:0.00}, silhouette {result.Silhouette:0.00}; members, means and pictures: [bold]{Markup.Escape(result.Sheet)}[/]");
    }

    private sealed record PrintedFacet(
        int Size, IReadOnlyList<KeyValuePair<string, int>> Labels, IReadOnlyList<long> Members, double Activation, double? Probability, int? Rank);

    private sealed record Printed(
        IReadOnlyList<PrintedFacet> Facets, double Purity, double? Silhouette, int Images, string Sheet, AscentOutcome Outcome)
    {
        public static Printed Of(FacetReport report, IReadOnlyList<string> names, string sheet) => new(
            [.. report.Facets.Select((facet, k) => new PrintedFacet(
                facet.Size,
                [.. facet.Labels.Select(entry => KeyValuePair.Create(names.ElementAtOrDefault((int)entry.Key) ?? $"{entry.Key}", entry.Value))],
                facet.Members,
                report.Pictures.Found[k].Activation,
                report.Pictures.Found[k].Probability,
                report.Pictures.Found[k].Rank))],
            report.Purity,
            report.Silhouette,
            report.Examples.Count,
            sheet,
            report.Pictures.Outcome);
    }
}
