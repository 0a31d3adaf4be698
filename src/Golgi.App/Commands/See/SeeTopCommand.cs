using Golgi.App.Commands.Options;
using System.CommandLine;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Inspection;
using Spectre.Console;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see top</c>: the images of a data set that excite each unit most.</summary>
internal sealed class SeeTopCommand : Verb
{
    private const int MostRows = 64;
    private readonly NetworkChoice network = new();

    public SeeTopCommand()
        : base(
            "top",
            "Finds, in one pass over a data set, the images that excite every unit of a layer most, and shows what "
            + "the unit saw of them.")
    {
        network.AddTo(this);
        Option[] options = [Layer, Unit, Count, Limit, Whole, Part];
        foreach (var option in options) Options.Add(option);
    }

    public Option<string> Layer { get; } = new("--layer")
    {
        Description = "The layer, by its dotted name.",
        Required = true,
    };

    public Option<string> Unit { get; } = new("--unit")
    {
        Description = "Units that are shown; the pass covers all: 17, or 0..15, or all.",
        DefaultValueFactory = _ => "all",
    };

    public Option<int> Count { get; } = new("--count")
    {
        Description = "Images of each unit.",
        DefaultValueFactory = _ => 9,
    };

    public Option<long?> Limit { get; } = new("--limit")
    {
        Description = "Images to look at, spread over the set. Default: all.",
    };

    public Option<bool> Whole { get; } = new("--whole")
    {
        Description = "Show whole images instead of what the unit sees of them.",
    };

    public Option<string> Part { get; } = PartOption.Of("train, validation or test.");

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        var examples = PartOption.Of(specimen, session.Value(Part));
        string layer = Check.Known(session.Value(Layer), specimen.LayerNames, "layer");
        var tops = session.Track(progress => TopExamples.Find(
            specimen, examples, [layer], session.Value(Count), new PassOptions { Batch = 100, Limit = session.Value(Limit), Device = session.Device },
            progress, session.Cancellation));
        var units = UnitList.Parse(session.Value(Unit), () => tops.Count, "--unit");
        foreach (long unit in units) Check.InRange(unit, 0, tops.Count - 1, "--unit");
        UnitTops[] shown = [.. units.Select(unit => tops[(int)unit])];
        string? sheet = null;
        if (examples.InputShape.Count == 3)
        {
            sheet = Path.Combine(session.PicturesFolder, "top.png");
            Save([.. shown.Take(MostRows)], examples, specimen.Preprocessing, session.Value(Whole), sheet);
        }

        session.Print(new Printed(layer, shown, sheet), Draw);
        return ExitCode.Done;
    }

    private static void Save(UnitTops[] tops, Examples examples, Preprocessing preprocessing, bool whole, string path)
    {
        using var scope = NewDisposeScope();
        int columns = tops.Max(top => top.Best.Count);
        long side = whole ? examples.InputShape[1] : Math.Max(
            8,
            tops.SelectMany(top => top.Best).Max(best => Math.Max(best.Region?.Height ?? 0, best.Region?.Width ?? 0)));
        side = side == 0 ? examples.InputShape[1] : side;
        var framing = preprocessing with { Scale = 1, Mean = [], Std = [], Channels = ChannelOrder.Rgb };
        var cells = new List<Tensor>();
        foreach (var top in tops)
        {
            foreach (var best in top.Best)
            {
                var picture = framing.Apply(examples.Read(tensor(new[] { best.Example })));
                if (!whole && best.Region is { Height: > 0, Width: > 0 } region)
                {
                    picture = picture.narrow(2, region.Top, region.Height).narrow(3, region.Left, region.Width);
                }

                cells.Add(Cells.Fit(picture, side, side));
            }

            for (int i = top.Best.Count; i < columns; i++) cells.Add(ones_like(cells[^1]));
        }

        new ContactSheet
        {
            Columns = columns,
            Scale = (int)Math.Clamp(64 / side, 1, 8),
            RowCaptions = [.. tops.Select(top => $"{top.Unit}: {top.Best[0].Value:0.0}")],
        }.Save(cat(cells), path);
    }

    private static void Draw(Printed result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("unit", "greatest", "images");
        foreach (var unit in result.Units)
        {
            table.AddRow($"{unit.Unit}", $"{unit.Best[0].Value:0.000}", string.Join(" ", unit.Best.Select(best => best.Example)));
        }

        console.Write(table);
        if (result.Sheet is not null) console.MarkupLine($"What they saw: [bold]{Markup.Escape(result.Sheet)}[/]");
    }

    private sealed record Printed(string Layer, IReadOnlyList<UnitTops> Units, string? Sheet);
}
