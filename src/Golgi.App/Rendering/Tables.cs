using Spectre.Console;

namespace Golgi.App.Rendering;

/// <summary>The tables that commands print: few lines, no boxes, texts that may hold any character.</summary>
internal static class Tables
{
    /// <summary>Names and values, one pair a line.</summary>
    public static Table Facts() =>
        new Table { Border = TableBorder.None, ShowHeaders = false }.AddColumn("name", column => column.PadRight(3).NoWrap()).AddColumn("value");

    /// <summary>A table with headings.</summary>
    /// <param name="columns">One that begins with <c>#</c> (not shown) holds numbers and is set to the right.</param>
    public static Table Columns(params IEnumerable<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column.TrimStart('#')))
            {
                Alignment = column.StartsWith('#') ? Justify.Right : Justify.Left,
                NoWrap = column.StartsWith('#'),
            });
        }

        return table;
    }

    /// <summary>Adds a row of plain texts.</summary>
    public static void Row(this Table table, params IEnumerable<string> cells) => table.AddRow([.. cells.Select(Markup.Escape)]);
}
