using System.Globalization;
using DuckDB.NET.Data;
using Golgi.Runs;

namespace Golgi.App.Commands.Runs;

/// <summary>An in-memory DuckDB over run folders, made anew for each question: folders are the truth. It cannot reach files or the network.</summary>
internal sealed class RunDatabase : IDisposable
{
    private static readonly string[] Own = ["run", "kind", "finished"];
    private readonly DuckDBConnection connection = new("DataSource=:memory:");

    private RunDatabase(IReadOnlyList<Run> runs)
    {
        connection.Open();
        FillRuns(runs);
        FillMetrics(runs);
        Execute("set enable_external_access = false");
        Execute("set lock_configuration = true");
    }

    public static RunDatabase Over(IEnumerable<Run> runs) => new([.. runs]);

    /// <summary>Runs one statement.</summary>
    /// <exception cref="ArgumentException">DuckDB refuses it; the message is its own.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(string sql)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<IReadOnlyDictionary<string, object?>>();
            while (reader.Read())
            {
                rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i)));
            }

            return rows;
        }
        catch (DuckDBException error)
        {
            throw new ArgumentException(error.Message, error);
        }
    }

    public void Dispose() => connection.Dispose();

    private void FillRuns(IReadOnlyList<Run> runs)
    {
        var values = runs.Select(Values).ToArray();
        string[] columns = [.. values.SelectMany(row => row.Keys).Distinct().Except(Own)];
        bool[] numeric = [.. columns.Select(column => values.All(row => !row.TryGetValue(column, out string? text) || IsNumber(text)))];
        string fields = string.Concat(columns.Zip(numeric, (name, number) =>
            $", \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" {(number ? "double" : "varchar")}"));
        Execute($"create table runs (run varchar, kind varchar, finished boolean{fields})");
        using var appender = connection.CreateAppender("runs");
        foreach (var (run, row) in runs.Zip(values))
        {
            var line = appender.CreateRow().AppendValue(run.Name).AppendValue(run.Configuration.Kind).AppendValue(run.Finished);
            foreach (var (column, number) in columns.Zip(numeric))
            {
                if (!row.TryGetValue(column, out string? text)) line.AppendNullValue();
                else if (number) line.AppendValue(double.Parse(text, CultureInfo.InvariantCulture));
                else line.AppendValue(text);
            }

            line.EndRow();
        }
    }

    private void FillMetrics(IReadOnlyList<Run> runs)
    {
        Execute("create table metrics (run varchar, step bigint, metric varchar, value double)");
        using var appender = connection.CreateAppender("metrics");
        foreach (var run in runs)
        {
            foreach (var row in run.Metrics)
            {
                foreach (var (metric, value) in row.Values)
                {
                    appender.CreateRow().AppendValue(run.Name).AppendValue(row.Step).AppendValue(metric).AppendValue(value).EndRow();
                }
            }
        }
    }

    /// <summary>Options and results by name; where both have a name, the result's counts.</summary>
    private static Dictionary<string, string> Values(Run run)
    {
        var values = Flat.Of(run.Configuration.Options).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var (key, value) in run.ResultJson is { } result ? Flat.Of(result) : []) values[key] = value;
        return values;
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
