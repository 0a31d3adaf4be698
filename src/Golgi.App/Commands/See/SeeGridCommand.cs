using Golgi.App.Commands.Options;
using System.CommandLine;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Spectre.Console;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see grid</c>: a map of what a layer can say.</summary>
internal sealed class SeeGridCommand : Verb
{
    private readonly NetworkChoice network = new();

    public SeeGridCommand()
        : base(
            "grid",
            "Lays the activations of many images out by likeness and shows each cell of the map by the picture that "
            + "it asks for.")
    {
        network.AddTo(this);
        Option[] options = [Layer, Images, GridCells, Size, Steps, Part];
        foreach (var option in options) Options.Add(option);
    }

    public Option<string> Layer { get; } = new("--layer")
    {
        Description = "The layer, by its dotted name.",
        Required = true,
    };

    public Option<int> Images { get; } = new("--images")
    {
        Description = "Images, one random place of each.",
        DefaultValueFactory = _ => 1000,
    };

    public Option<int> GridCells { get; } = new("--cells")
    {
        Description = "Cells along a side.",
        DefaultValueFactory = _ => 6,
    };

    public Option<int?> Size { get; } = new("--size")
    {
        Description = "Side of an icon in pixels. Default: the network's input.",
    };

    public Option<int> Steps { get; } = new("--steps")
    {
        Description = "Steps of an icon.",
        DefaultValueFactory = _ => 128,
    };

    public Option<string> Part { get; } = PartOption.Of("train, validation or test.");

    public override bool Continues => true;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        var options = new ActivationGridOptions
        {
            Images = session.Value(Images),
            Cells = session.Value(GridCells),
            Size = session.Value(Size),
            Steps = session.Value(Steps),
            Seed = session.Seed,
        };
        using var kept = new KeptBatches(session.PicturesFolder, PictureIdentity.Of(session, specimen, null));
        using var grid = session.Track(progress => ActivationGrid.Make(
            specimen, PartOption.Of(specimen, session.Value(Part)), session.Value(Layer), options, kept, progress, session.Cancellation));
        string sheet = Path.Combine(session.PicturesFolder, "grid.png");
        Save(grid, sheet);
        kept.Remove();
        session.Print(new Printed(grid.Cells, grid.Cells.Average(cell => cell.Purity), sheet), Draw);
        return ExitCode.Done;
    }

    private static void Save(ActivationGrid grid, string path)
    {
        using var scope = NewDisposeScope();
        long[] icon = grid.Pictures.shape[1..];
        var cells = Enumerable.Range(0, grid.Side * grid.Side).Select(_ => ones(icon)).ToArray();
        for (int i = 0; i < grid.Cells.Count; i++)
        {
            cells[(grid.Cells[i].Row * grid.Side) + grid.Cells[i].Column] = grid.Pictures[i];
        }
        new ContactSheet { Columns = grid.Side, Scale = (int)Math.Clamp(64 / icon[2], 1, 8), Gap = 1 }.Save(stack(cells), path);
    }

    private static void Draw(Printed result, IAnsiConsole console) => console.MarkupLine(
        $"{result.Cells.Count} cells, commonest label's mean share {result.Purity:0.00}; the map: [bold]{Markup.Escape(result.Sheet)}[/]");

    private sealed record Printed(IReadOnlyList<ActivationGridCell> Cells, double Purity, string Sheet);
}
