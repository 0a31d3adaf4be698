using System.CommandLine;
using Golgi.Data;
using Spectre.Console;

namespace Golgi.App.Commands.DataSets;

/// <summary><c>golgi data show NAME</c>.</summary>
internal sealed class DataShowCommand : Verb
{
    private const int MostRows = 50;

    public DataShowCommand()
        : base("show", "Counts a data set's classes and draws some examples of each into a PNG picture.")
    {
        Arguments.Add(Set);
        Options.Add(PerClass);
        Options.Add(Part);
        Options.Add(PictureFile);
    }

    private Argument<string> Set { get; } = new("name") { Description = "Data set, as 'golgi data list' names it." };

    private Option<int> PerClass { get; } = new("--per-class")
    {
        Description = "Examples of each class on the picture.",
        DefaultValueFactory = _ => 16,
    };

    private Option<string> Part { get; } = new("--part")
    {
        Description = "Which examples are drawn: train, validation or test.",
        DefaultValueFactory = _ => "train",
    };

    private Option<FileInfo?> PictureFile { get; } = new("--picture") { Description = "The picture's file. Default: NAME.png in --out." };

    public override int Run(Session session)
    {
        string name = session.Value(Set), part = session.Value(Part);
        Golgi.Foundation.Check.Known(part, ["train", "validation", "test"], "part", "--part");
        Golgi.Foundation.Check.Positive(session.Value(PerClass), "--per-class");
        string picture = session.Value(PictureFile)?.FullName ?? Path.Combine(session.RunsFolder, $"{FileNameOf(name)}.png");
        var options = new DataOptions { Folder = session.DataFolder, Seed = session.Seed };
        var shown = session.Track(progress =>
        {
            using var data = DataCatalog.Open(name, options, progress, session.Cancellation);
            return DataSummary.Of(data, part, session.Value(PerClass), session.Seed, picture);
        });
        session.Print(shown, Draw);
        return ExitCode.Done;
    }

    private static void Draw(DataSummary shown, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("class");
        foreach (string part in (string[])["train", "validation", "test"]) table.AddColumn(new TableColumn(part).RightAligned());
        foreach (var row in shown.Classes.Take(MostRows))
        {
            table.AddRow(Markup.Escape(row.Name), $"{row.Train:N0}", $"{row.Validation:N0}", $"{row.Test:N0}");
        }

        if (shown.Classes.Count > MostRows) table.AddRow($"and {shown.Classes.Count - MostRows:N0} more");
        string Sum(Func<DataSummary.Row, long> part) => $"{shown.Classes.Sum(part):N0}";
        table.AddRow("[bold]all[/]", Sum(row => row.Train), Sum(row => row.Validation), Sum(row => row.Test));
        console.WriteLine($"{shown.Name}: inputs {Golgi.Foundation.Check.Describe([.. shown.InputShape])}, {shown.Classes.Count} classes");
        console.Write(table);
        console.WriteLine(shown.Picture is null ? "The inputs are no images; there is no picture." : $"Picture: {shown.Picture}");
    }

    private static string FileNameOf(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '_')).Trim('_', '.');
}
