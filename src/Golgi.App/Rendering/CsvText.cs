using System.Globalization;

namespace Golgi.App.Rendering;

/// <summary>A table as comma-separated values: a line of names, then one line per row; numbers with all their digits.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">Numbers, texts, or null for an empty cell.</param>
internal sealed record CsvText(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Concat(Rows.Select(row => row.Select(Cell)).Prepend(Columns.Select(Cell)).Select(cells => string.Join(',', cells) + "\n"));

    private static string Cell(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
