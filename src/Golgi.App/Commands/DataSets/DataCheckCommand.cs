using System.CommandLine;
using Golgi.Data;
using Golgi.Data.Archives;
using Spectre.Console;

namespace Golgi.App.Commands.DataSets;

/// <summary><c>golgi data check NAME</c>.</summary>
internal sealed class DataCheckCommand : Verb
{
    public DataCheckCommand()
        : base("check", "Compares a data set's files with the published ones, by SHA-256. Exit code 3 if one differs, 2 if one is missing.") =>
        Arguments.Add(Set);

    private Argument<string> Set { get; } = new("name") { Description = "Data set, as 'golgi data list' names it." };

    public override int Run(Session session)
    {
        var (source, _) = DataCatalog.Find(session.Value(Set));
        var options = new DataOptions { Folder = session.DataFolder };
        var files = session.Track(progress => source.Verify(options, progress, session.Cancellation));
        var outcome = new DataCheckOutcome(source.Name, files.All(file => file.State is FileState.Original or FileState.Variant), files);
        session.Print(outcome, Draw);
        return outcome.Ok ? ExitCode.Done
            : files.Any(file => file.State == FileState.Missing) ? ExitCode.BadInput
            : ExitCode.Refused;
    }

    private static void Draw(DataCheckOutcome outcome, IAnsiConsole console)
    {
        if (outcome.Files.Count == 0) console.WriteLine($"{outcome.Name}: there are no published files to compare with.");
        foreach (var file in outcome.Files)
        {
            string line = file.State switch
            {
                FileState.Original => $"[green]original[/]  {Markup.Escape(file.Path)}",
                FileState.Variant => $"[yellow]variant[/]   {Markup.Escape(file.Path)}: {Markup.Escape(file.Note ?? "")}",
                FileState.Missing => $"[red]missing[/]   {Markup.Escape(file.Path)}",
                _ => $"[red]differs[/]   {Markup.Escape(file.Path)}: SHA-256 {file.Sha256}, published {file.Expected}",
            };
            console.MarkupLine(line);
        }
    }
}
