using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Spectre.Console;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see judge</c>: what another network makes of pictures.</summary>
internal sealed class SeeJudgeCommand : Verb
{
    private readonly NetworkOptions network = new();
    private readonly KeepOption keep = new();

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
        keep.AddTo(this);
    }

    public Argument<string[]> Folders { get; } = new("PICTURES")
    {
        Description = "Runs of golgi see --class, or folders that it copied its pictures to.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string?> Size { get; } = new("--size")
    {
        Description = "Size in which the judge sees them. Default: its own input.",
    };

    public Option<Contrast> Contrast { get; } = ContrastChoice.Option();

    public override bool OutWasRuns => false;

    public override int Run(Session session)
    {
        using var judge = network.Open(session);
        var folders = session.Value(Folders).Select(folder => (folder, SavedPictures.Read(Place(session, folder)))).ToArray();
        using var job = new JudgeJob(judge, folders, PictureSize.Parse(session.Value(Size)), session.Value(Contrast));
        keep.Print(session, job, Draw);
        return ExitCode.Done;
    }

    /// <summary>A folder as it is named, or the run of that name.</summary>
    private static string Place(Session session, string folder)
    {
        string run = Path.Combine(session.RunsFolder, folder);
        return !Directory.Exists(folder) && Directory.Exists(run) ? run : folder;
    }

    private static void Draw(JudgeResult result, IAnsiConsole console)
    {
        console.MarkupLine($"Judge: [bold]{Markup.Escape(result.Judge)}[/] at {result.Size}");
        var table = new Table().Border(TableBorder.Minimal).AddColumns(
            "pictures", "count", "first", "first five", "spectrum slope");
        foreach (var row in result.Rows)
        {
            table.AddRow(
                Markup.Escape(row.Folder), $"{row.Count}", $"{row.Accuracy:0.00}", $"{row.Top5:0.00}", $"{row.SpectrumSlope:0.00}");
        }

        console.Write(table);
    }
}
