using System.CommandLine;
using Spectre.Console;

namespace Golgi.App.Commands.Runs;

/// <summary><c>golgi runs list</c>.</summary>
internal sealed class RunsListCommand : Verb
{
    public RunsListCommand()
        : base("list", "Lists the runs under --runs, oldest first. Parts of other runs (one training of a search) only with --parts.") =>
        Options.Add(Parts);

    public Option<bool> Parts { get; } = new("--parts") { Description = "List the parts of other runs too." };

    public override int Run(Session session)
    {
        bool parts = session.Value(Parts);
        RunSummary[] runs = [.. Golgi.Runs.Run.All(session.RunsFolder).Select(RunSummary.Of).Where(run => parts || !run.IsPart)];
        session.Print(new Listed(runs), (found, console) => Draw(found.Runs, session.RunsFolder, console));
        return ExitCode.Done;
    }

    private static void Draw(IReadOnlyList<RunSummary> runs, string folder, IAnsiConsole console)
    {
        if (runs.Count == 0)
        {
            console.WriteLine($"No runs in {folder}. Make one with: golgi train");
            return;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("run", "state", "started (UTC)").AddColumn(new TableColumn("steps").RightAligned())
            .AddColumn(new TableColumn("test accuracy").RightAligned()).AddColumn(new TableColumn("seconds").RightAligned());
        foreach (var run in runs)
        {
            table.AddRow(
                Markup.Escape(run.Name), run.State, $"{run.Started:yyyy-MM-dd HH:mm}", $"{run.Steps:N0}", $"{run.TestAccuracy:P2}",
                $"{run.Seconds:0.0}");
        }

        console.Write(table);
    }

    private sealed record Listed(IReadOnlyList<RunSummary> Runs);
}
