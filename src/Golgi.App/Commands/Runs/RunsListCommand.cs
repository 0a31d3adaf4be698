using Spectre.Console;

namespace Golgi.App.Commands.Runs;

/// <summary><c>golgi runs list</c>.</summary>
internal sealed class RunsListCommand() : Verb("list", "Lists the runs under --out, oldest first.")
{
    public override int Run(Session session)
    {
        RunSummary[] runs = [.. Golgi.Runs.Run.All(session.OutFolder).Select(RunSummary.Of)];
        session.Print(runs, (found, console) => Draw(found, session.OutFolder, console));
        return ExitCode.Done;
    }

    private static void Draw(RunSummary[] runs, string folder, IAnsiConsole console)
    {
        if (runs.Length == 0)
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
}
