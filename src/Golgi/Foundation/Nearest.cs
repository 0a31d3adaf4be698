namespace Golgi.Foundation;

/// <summary>Finds the names that someone may have meant.</summary>
public static class Nearest
{
    /// <summary>The known names nearest to a misspelt one, best first: by edit distance, names that contain it counting as near.</summary>
    /// <param name="value">What was written.</param>
    /// <param name="known">What could have been meant.</param>
    /// <param name="most">How many names at the most.</param>
    /// <returns>Only names within half of their length; possibly none.</returns>
    public static IEnumerable<string> To(string value, IEnumerable<string> known, int most) =>
        known.Select(name => (name, distance: Distance(value, name)))
            .Where(pair => pair.distance <= Math.Max(2, pair.name.Length / 2))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.name, StringComparer.Ordinal)
            .Take(most)
            .Select(pair => pair.name);

    private static int Distance(string a, string b)
    {
        if (a.Length > 0 && b.Contains(a, StringComparison.OrdinalIgnoreCase)) return 1;

        // Levenshtein's recurrence, one row at a time.
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitute = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
