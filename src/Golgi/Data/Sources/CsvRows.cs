using nietras.SeparatedValues;

namespace Golgi.Data.Sources;

/// <summary>The rows of a text of separated values (RFC 4180), as Sep reads them. Blanks around values are dropped, blank lines passed over;
/// a line break within quotes is one letter, whatever the file has.</summary>
internal static class CsvRows
{
    /// <summary>Reads row by row.</summary>
    /// <param name="text">Read to its end, and disposed.</param>
    /// <param name="separator">Between values.</param>
    /// <param name="name">What the text is called in messages.</param>
    /// <returns>The line at which each row begins, counted from 1, and its values.</returns>
    /// <exception cref="InvalidDataException">A quotation mark is not closed, or a row is longer than Sep takes (16 million letters).</exception>
    public static IEnumerable<(int Line, string[] Values)> Read(TextReader text, char separator, string name)
    {
        var shape = Sep.New(separator)
            .Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = true, Trim = SepTrim.All });
        using var reader = Guarded(() => shape.From(text), name);
        for (bool first = true; Guarded(reader.MoveNext, name); first = false)
        {
            int line = first ? 1 : reader.Current.LineNumberFrom; // Sep says 2 for the first
            if (Values(reader.Current, name, line) is { } values) yield return (line, values);
        }
    }

    /// <summary>Which of some separators the first row that is not blank has most of, outside quotes; the first of them where it has none.</summary>
    /// <param name="text">Borrowed, read up to the end of that row.</param>
    /// <param name="candidates">At least one.</param>
    public static char SeparatorOf(TextReader text, ReadOnlySpan<char> candidates)
    {
        int[] counts = new int[candidates.Length];
        bool quoted = false, blank = true;
        while (text.Read() is >= 0 and var read)
        {
            char letter = (char)read;
            if (!quoted && letter is '\n' or '\r')
            {
                if (!blank) break;
                Array.Clear(counts);
            }

            blank &= char.IsWhiteSpace(letter);
            if (letter == '"') quoted = !quoted;
            else if (!quoted && candidates.IndexOf(letter) is >= 0 and var at) counts[at]++;
        }

        return candidates[Array.IndexOf(counts, counts.Max())];
    }

    private static T Guarded<T>(Func<T> read, string name)
    {
        try
        {
            return read();
        }
        catch (NotSupportedException error)
        {
            throw new InvalidDataException($"{name}: a row is too long. {error.Message}", error);
        }
    }

    /// <summary>The values of a row; null if it is blank.</summary>
    private static string[]? Values(SepReader.Row row, string name, int line)
    {
        if (row.Span.IsWhiteSpace()) return null;
        if (row.Span.Count('"') % 2 == 1) throw new InvalidDataException($"{name}: line {line}: a quotation mark is not closed.");
        string[] values = new string[row.ColCount];
        for (int i = 0; i < values.Length; i++)
        {
            string value = row[i].ToString().Trim();
            values[i] = value.Contains('\r', StringComparison.Ordinal)
                ? value.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
                : value;
        }

        return values;
    }
}
