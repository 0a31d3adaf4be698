using System.Globalization;

namespace Golgi.App.Commands.See;

/// <summary>Reads lists of units as users write them: <c>17</c>, <c>0,5,9</c>, <c>0..15</c>, <c>all</c>.</summary>
internal static class UnitList
{
    /// <summary>The units in the order written; null for all.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="option">The option's name, for messages.</param>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    public static IReadOnlyList<long>? Parse(string text, string option) =>
        text == "all" ? null : [.. text.Split(',', StringSplitOptions.TrimEntries).SelectMany(part => Range(part, text, option))];

    private static IEnumerable<long> Range(string part, string text, string option)
    {
        string[] ends = part.Split("..");
        if (ends.Length is 1 or 2 && long.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            && long.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long last) && last >= first && last - first < 100_000)
        {
            for (long unit = first; unit <= last; unit++) yield return unit;
            yield break;
        }

        throw new ArgumentException(
            $"{option} is '{text}'; it must be numbers and ranges: 17 or 0,5,9 or 0..15, or all.");
    }
}
