using System.CommandLine;
using Spectre.Console;

namespace Golgi.App.Commands.Runs;

/// <summary><c>golgi runs query</c>.</summary>
internal sealed class RunsQueryCommand : Verb
{
    public RunsQueryCommand()
        : base(
            "query",
            "Asks the runs under --runs a question in SQL (DuckDB). Tables: runs(run, kind, finished, and a text column for every option and result, "
            + "named like \"optimizer.learning_rate\" or \"test_accuracy\"; numbers are numbers), metrics(run, step, metric, value). "
            + "Example: \"select run, max(value) from metrics where metric = 'validation_accuracy' group by run\".") =>
        Arguments.Add(Sql);

    public Argument<string> Sql { get; } = new("SQL") { Description = "One SELECT statement." };

    public override int Run(Session session)
    {
        using var database = RunDatabase.Over(Golgi.Runs.Run.All(session.RunsFolder));
        session.Print(new Answer(database.Query(session.Value(Sql))), (answer, console) => Draw(answer.Rows, console));
        return ExitCode.Done;
    }

    private static void Draw(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows, IAnsiConsole console)
    {
        if (rows.Count == 0)
        {
            console.WriteLine("No rows.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (string column in rows[0].Keys) table.AddColumn(Markup.Escape(column));
        foreach (var row in rows) table.AddRow([.. row.Values.Select(value => Markup.Escape($"{value ?? "-"}"))]);
        console.Write(table);
    }

    private sealed record Answer(IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows);
}
