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
    private readonly NetworkOptions network = new();
    private readonly PictureOptions pictures = new(new VisualizationOptions { Preset = "mahendran2015" });

    public SeeInvertCommand()
        : base(
            "invert",
            "Makes pictures that a layer cannot tell from a given one: what the layer keeps of it, and what it "
            + "forgets.")
    {
        network.AddTo(this);
        Image.NotWith(Example);
        Option[] options = [Layer, Image, Example, pictures.Preset, pictures.Steps];
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

    public override bool Continues => true;

    public override bool OutWasRuns => false;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        using var scope = NewDisposeScope();
        string[] layers = session.Value(Layer).Split(',', StringSplitOptions.TrimEntries);
        using var job = new InvertJob(specimen, layers, Given(session, specimen), pictures.Read(session));
        var done = session.Run(job);
        session.Print(done, (result, console) => Draw(result, PictureOptions.Place(session, done, result.Sheet), console));
        return ExitCode.Done;
    }

    private Tensor Given(Session session, Specimen specimen)
    {
        if (specimen.InputShape is not [var channels, var height, var width])
        {
            throw new ArgumentException("The network does not look at pictures [C, H, W].");
        }

        if (session.Value(Image) is { } file)
        {
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
        var framing = specimen.Preprocessing with { Scale = 1, Mean = [], Std = [], Channels = ChannelOrder.Rgb };
        return framing.Apply(examples.Read(tensor(new[] { index })));
    }

    private static void Draw(InvertResult result, string sheet, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("layer", "error", "at start");
        foreach (var row in result.Layers)
        {
            table.AddRow(Markup.Escape(row.Layer), $"{row.Error:0.0000}", $"{row.StartError:0.0000}");
        }

        console.Write(table);
        console.MarkupLine($"error = |code - wanted|^2 / |wanted|^2; pictures: [bold]{Markup.Escape(sheet)}[/]");
    }
}
