using System.IO.Compression;
using System.Text;

namespace Golgi.Data.Sources;

/// <summary>A table of texts read from a CSV file (RFC 4180; comma, semicolon or tab, whichever the first line has most
/// of outside quotes; plain or .gz). Blanks around values are dropped, blank lines passed over.</summary>
/// <param name="Columns">The names in the first line, or column1, column2, ... where the file has no names.</param>
/// <param name="Rows">The values, row by row.</param>
internal sealed record CsvTable(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    private const string UnnamedPrefix = "column";

    /// <summary>Reads a file.</summary>
    /// <param name="label">The label's column, if the user named one. <c>columnN</c>, where the first line has no such
    /// name, says that the file has no line of names.</param>
    /// <exception cref="InvalidDataException">It is empty or damaged, or a row has not as many values as the first;
    /// the message names file and line.</exception>
    public static CsvTable Read(string path, string? label)
    {
        var rows = new List<string[]>();
        try
        {
            char separator;
            using (var start = Text(path)) separator = CsvRows.SeparatorOf(start, [',', ';', '\t']);
            using var text = Text(path);
            foreach (var (line, values) in CsvRows.Read(text, separator, path))
            {
                if (rows.Count > 0 && values.Length != rows[0].Length)
                {
                    throw new InvalidDataException($"{path}: line {line} has {values.Length} values; the first line has {rows[0].Length}.");
                }

                rows.Add(values);
            }
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{path}: is not a text in UTF-8.");
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }

        if (rows.Count == 0) throw new InvalidDataException($"{path}: is empty.");
        string[] first = rows[0];
        bool unnamed = label is not null && !first.Contains(label) && label.StartsWith(UnnamedPrefix, StringComparison.Ordinal);
        string[] names = unnamed ? [.. first.Select((_, i) => $"{UnnamedPrefix}{i + 1}")] : first;
        if (names.Distinct().Count() != names.Length) throw new InvalidDataException($"{path}: two columns have the same name.");
        return new CsvTable(names, unnamed ? rows : rows[1..]);
    }

    private static StreamReader Text(string path)
    {
        var file = File.OpenRead(path);
        bool compressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        Stream content = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        return new StreamReader(content, new UTF8Encoding(false, throwOnInvalidBytes: true));
    }
}
