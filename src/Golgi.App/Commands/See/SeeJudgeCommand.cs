using System.CommandLine;
using System.Text.Json;
using Golgi.Data;
using Golgi.Models;
using Golgi.Synthesis;
using Spectre.Console;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see judge</c>: what another network makes of pictures.</summary>
internal sealed class SeeJudgeCommand : Verb
{
    private readonly NetworkChoice network = new();

    public SeeJudgeCommand()
        : base("judge", "Asks a network which class it sees in the pictures that golgi see made for another: shares of first and first five answers, spectrum slopes.")
    {
        network.AddTo(this);
        Arguments.Add(Folders);
        Options.Add(Size);
    }

    public Argument<string[]> Folders { get; } = new("FOLDER") { Description = "Folders that golgi see --class wrote.", Arity = ArgumentArity.OneOrMore };

    public Option<string?> Size { get; } = new("--size") { Description = "Size in which the judge sees them. Default: its own input." };

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        var size = PictureSize.Parse(session.Value(Size)) ?? (specimen.InputShape[1], specimen.InputShape[2]);
        var rows = session.Value(Folders).Select(folder => Judge(specimen, folder, size)).ToArray();
        session.Print(new Printed(specimen.Name, $"{size.Height}x{size.Width}", rows), Draw);
        return ExitCode.Done;
    }

    private static Row Judge(Specimen specimen, string folder, (long Height, long Width) size)
    {
        using var scope = NewDisposeScope();
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "see.json")));
        var images = document.RootElement.GetProperty("images").EnumerateArray()
            .Select(image => (File: image.GetProperty("file").GetString()!, Class: image.GetProperty("unit").GetInt64())).ToArray();
        if (document.RootElement.TryGetProperty("layer", out var layer) && layer.ValueKind == JsonValueKind.String)
        {
            throw new ArgumentException($"{folder} holds pictures of the units of {layer.GetString()}; a judge can rate pictures of classes only.");
        }

        var pictures = images.Select(image => Picture.Load(Path.Combine(folder, image.File)).to(ScalarType.Float32)).ToArray();
        double slope = pictures.Average(picture => Spectrum.Slope(picture));
        var logits = LogitSource.Find(specimen);
        using var observer = new Observer(specimen, logits.Layers);
        using var _ = no_grad();
        var ranks = images.Select((image, n) =>
        {
            using var step = NewDisposeScope();
            var shown = Cells.Fit(pictures[n].unsqueeze(0), size.Height, size.Width) * 255;
            if (specimen.InputShape[0] == 1) shown = shown.mean([1], keepdim: true);
            var values = logits.Read(observer.Look(shown))[0];
            return values.gt(values[image.Class]).sum().item<long>() + 1;
        }).ToArray();
        return new Row(folder, images.Length, ranks.Average(rank => rank == 1 ? 1.0 : 0), ranks.Average(rank => rank <= 5 ? 1.0 : 0), slope);
    }

    private static void Draw(Printed result, IAnsiConsole console)
    {
        console.MarkupLine($"Judge: [bold]{Markup.Escape(result.Judge)}[/] at {result.Size}");
        var table = new Table().Border(TableBorder.Minimal).AddColumns("pictures", "n", "first", "first five", "spectrum slope");
        foreach (var row in result.Rows) table.AddRow(Markup.Escape(row.Folder), $"{row.N}", $"{row.Top1:0.00}", $"{row.Top5:0.00}", $"{row.Slope:0.00}");
        console.Write(table);
    }

    private sealed record Row(string Folder, int N, double Top1, double Top5, double Slope);

    private sealed record Printed(string Judge, string Size, IReadOnlyList<Row> Rows);
}
