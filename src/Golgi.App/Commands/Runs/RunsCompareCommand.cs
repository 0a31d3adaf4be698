using System.CommandLine;
using Golgi.Runs;
using Spectre.Console;

namespace Golgi.App.Commands.Runs;

/// <summary><c>golgi runs compare</c>.</summary>
internal sealed class RunsCompareCommand : Verb
{
    public RunsCompareCommand()
        : base("compare", "Sets runs side by side: the options in which they differ, and their results.") => Arguments.Add(References);

    public Argument<string[]> References { get; } = new("RUN")
    {
        Description = "Two or more runs, each as its folder, its name under --runs, or the beginning of it.",
        Arity = new ArgumentArity(2, 100),
    };

    public override int Run(Session session)
    {
        Run[] runs = [.. session.Value(References).Select(reference => RunReference.Open(reference, session.RunsFolder))];
        var columns = runs.Select(run => new Column(
            run.Name,
            Flat.Of(run.Configuration.Options).ToDictionary(p => p.Key, p => p.Value),
            run.ResultJson is { } result ? Flat.Of(result).ToDictionary(p => p.Key, p => p.Value) : [])).ToArray();
        var comparison = new Comparison(
            [.. columns.Select(column => column.Name)],
            Rows(columns, column => column.Options, onlyDifferent: true),
            Rows(columns, column => column.Result, onlyDifferent: false));
        session.Print(comparison, Draw);
        return ExitCode.Done;
    }

    private static Dictionary<string, string?[]> Rows(
        Column[] columns, Func<Column, Dictionary<string, string>> part, bool onlyDifferent) =>
        columns.SelectMany(column => part(column).Keys).Distinct()
            .Select(key => (key, values: columns.Select(column => part(column).GetValueOrDefault(key)).ToArray()))
            .Where(row => !onlyDifferent || row.values.Distinct().Count() > 1)
            .ToDictionary(row => row.key, row => row.values);

    private static void Draw(Comparison comparison, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach (string name in comparison.Runs) table.AddColumn(Markup.Escape(name));
        foreach (var (key, values) in comparison.Options) AddRow(table, key, values);
        table.AddEmptyRow();
        foreach (var (key, values) in comparison.Results) AddRow(table, key, values);
        console.Write(table);
    }

    private static void AddRow(Table table, string key, string?[] values) =>
        table.AddRow([Markup.Escape(key), .. values.Select(value => Markup.Escape(value ?? "-"))]);

    private sealed record Column(string Name, Dictionary<string, string> Options, Dictionary<string, string> Result);

    private sealed record Comparison(
        IReadOnlyList<string> Runs, Dictionary<string, string?[]> Options, Dictionary<string, string?[]> Results);
}
