using System.CommandLine;
using Golgi.Scores;
using Spectre.Console;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see judge</c>: what another network makes of pictures.</summary>
internal sealed class SeeJudgeCommand : Verb
{
    private readonly NetworkChoice network = new();

    public SeeJudgeCommand()
        : base(
            "judge",
            "Asks a network which class it sees in the pictures that golgi see made for another: shares of first and "
            + "first five answers, spectrum slopes.")
    {
        network.AddTo(this);
        Arguments.Add(Folders);
        Options.Add(Size);
        Options.Add(Contrast);
    }

    public Argument<string[]> Folders { get; } = new("FOLDER")
    {
        Description = "Folders that golgi see --class wrote.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string?> Size { get; } = new("--size")
    {
        Description = "Size in which the judge sees them. Default: its own input.",
    };

    public Option<Contrast> Contrast { get; } = ContrastChoice.Option();

    public override int Run(Session session)
    {
        using var judge = network.Open(session);
        var size = PictureSize.Parse(session.Value(Size)) ?? (judge.InputShape[^2], judge.InputShape[^1]);
        var rows = session.Value(Folders).Select(folder =>
        {
            using var scope = NewDisposeScope();
            var saved = SavedPictures.Read(folder);
            var verdict = PictureJudge.Ask(judge, saved.Load(session.Value(Contrast)), saved.Classes, size);
            return new Row(folder, saved.Images.Count, verdict.Top1, verdict.Top5, saved.SpectrumSlope);
        }).ToArray();
        session.Print(new Printed(judge.Name, $"{size.Height}x{size.Width}", rows), Draw);
        return ExitCode.Done;
    }

    private static void Draw(Printed result, IAnsiConsole console)
    {
        console.MarkupLine($"Judge: [bold]{Markup.Escape(result.Judge)}[/] at {result.Size}");
        var table = new Table().Border(TableBorder.Minimal).AddColumns(
            "pictures", "n", "first", "first five", "spectrum slope");
        foreach (var row in result.Rows)
        {
            table.AddRow(
                Markup.Escape(row.Folder), $"{row.N}", $"{row.Top1:0.00}", $"{row.Top5:0.00}", $"{row.Slope:0.00}");
        }
        console.Write(table);
    }

    private sealed record Row(string Folder, int N, double Top1, double Top5, double Slope);

    private sealed record Printed(string Judge, string Size, IReadOnlyList<Row> Rows);
}
