using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Networks;
using Spectre.Console;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see invert</c>: what layers keep of a picture.</summary>
internal sealed class SeeInvertCommand : Verb
{
    private readonly NetworkChoice network = new();

    public SeeInvertCommand()
        : base(
            "invert",
            "Makes pictures that a layer cannot tell from a given one: what the layer keeps of it, and what it "
            + "forgets.")
    {
        network.AddTo(this);
        Option[] options = [Layer, Image, Example, Preset, Steps];
        foreach (var option in options) Options.Add(option);
    }

    public Option<string> Layer { get; } = new("--layer")
    {
        Description = "One layer or several, with commas between them.",
        Required = true,
    };

    public Option<FileInfo?> Image { get; } = new("--image")
    {
        Description = "An image file; it is brought to the network's size.",
    };

    public Option<long?> Example { get; } = new("--example")
    {
        Description = "An example of the data set's test part instead.",
    };

    public Option<string> Preset { get; } = new("--preset")
    {
        Description = "How the picture is made.",
        DefaultValueFactory = _ => "mahendran2015",
    };

    public Option<int?> Steps { get; } = new("--steps") { Description = "Steps in all. Default: the preset's." };

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        using var scope = NewDisposeScope();
        var given = Given(session, specimen);
        var options = new VisualizationOptions { Preset = session.Value(Preset), Steps = session.Value(Steps), Seed = session.Seed };
        var cells = new List<Tensor> { given / 255 };
        var rows = new List<Row>();
        foreach (string layer in session.Value(Layer).Split(',', StringSplitOptions.TrimEntries))
        {
            var found = session.Track(
                progress => Inversion.Run(specimen, layer, given, options, progress, session.Cancellation));
            cells.Add(found.Pictures);
            rows.Add(new Row(layer, found.Errors[0], found.StartErrors[0]));
        }

        string sheet = Path.Combine(session.PicturesFolder, "inverted.png");
        new ContactSheet
        {
            Columns = cells.Count,
            Scale = (int)Math.Clamp(224 / given.shape[3], 1, 8),
            Captions = ["given", .. rows.Select(row => $"{row.Layer} {row.Error:0.000}")],
        }.Save(cat(cells), sheet);
        session.Print(new Printed(rows, sheet), Draw);
        return ExitCode.Done;
    }

    private Tensor Given(Session session, Specimen specimen)
    {
        if (specimen.InputShape is not [var channels, var height, var width])
        {
            throw new ArgumentException("The network does not look at pictures [C, H, W].");
        }
        var framing = specimen.Preprocessing with { Scale = 1, Mean = [], Std = [], Channels = ChannelOrder.Rgb };
        if (session.Value(Image) is { } file)
        {
            if (session.Value(Example) is not null)
            {
                throw new ArgumentException("--image and --example are both given. Give one of both.");
            }
            var picture = Picture.Load(file.FullName, (int)height, (int)width).unsqueeze(0).to(ScalarType.Float32);
            return channels == 1 ? picture.mean([1], keepdim: true) : picture;
        }

        if (session.Value(Example) is not { } index)
        {
            throw new ArgumentException(
                "There is no picture to invert. Name one with --image FILE, or with --example NUMBER and --data.");
        }
        var examples = PartOption.Of(specimen, "test");
        Golgi.Foundation.Check.InRange(index, 0, examples.Count - 1, "--example");
        return framing.Apply(examples.Read(tensor(new[] { index })));
    }

    private static void Draw(Printed result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("layer", "error", "at start");
        foreach (var row in result.Layers)
        {
            table.AddRow(Markup.Escape(row.Layer), $"{row.Error:0.0000}", $"{row.StartError:0.0000}");
        }
        console.Write(table);
        console.MarkupLine($"error = |code - wanted|^2 / |wanted|^2; pictures: [bold]{Markup.Escape(result.Sheet)}[/]");
    }

    private sealed record Row(string Layer, double Error, double StartError);

    private sealed record Printed(IReadOnlyList<Row> Layers, string Sheet);
}
