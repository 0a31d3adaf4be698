using System.Globalization;

namespace Golgi.Data.Sources;

/// <summary>How one column of a table becomes numbers: standardized, or one-hot over the categories that training rows
/// have.</summary>
internal sealed class CsvFeature
{
    private const double LeastDeviation = 1e-9; // a column that does not vary in training gives zeros
    private const int MostCategories = 1000;

    private readonly int column;
    private readonly string name;
    private readonly double mean;
    private readonly double deviation;
    private readonly Dictionary<string, int>? categories; // null: numeric

    private CsvFeature(int column, string name, double mean, double deviation, Dictionary<string, int>? categories)
    {
        this.column = column;
        this.name = name;
        this.mean = mean;
        this.deviation = deviation;
        this.categories = categories;
    }

    /// <summary>How many numbers it gives.</summary>
    public int Width => categories?.Count ?? 1;

    /// <summary>What each of them is called: the column, or <c>column=category</c>.</summary>
    public IReadOnlyList<string> Names =>
        categories is null ? [name] : [.. categories.OrderBy(entry => entry.Value).Select(entry => $"{name}={entry.Key}")];

    /// <summary>Learns a column's mean and deviation, or its categories, from the training rows alone.</summary>
    /// <exception cref="InvalidDataException">It has more than a thousand categories: a name or a number of each row,
    /// no feature.</exception>
    public static CsvFeature Of(int column, string name, IReadOnlyList<string[]> training)
    {
        string[] known = [.. training.Select(row => row[column]).Where(value => !IsUnknown(value))];
        double?[] numbers = [.. known.Select(Number)];
        if (numbers.Length > 0 && numbers.All(number => number is not null))
        {
            double mean = numbers.Average()!.Value;
            double variance = numbers.Average(number => (number - mean) * (number - mean))!.Value;
            return new CsvFeature(column, name, mean, Math.Sqrt(variance), null);
        }

        string[] categories = [.. training.Select(row => row[column]).Distinct().Order(StringComparer.Ordinal)];
        if (categories.Length > MostCategories)
        {
            throw new InvalidDataException(
                $"the column '{name}' is no number and has {categories.Length} different values; "
                + $"at most {MostCategories} can become features. Leave the column out.");
        }

        var places = categories.Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => pair.i);
        return new CsvFeature(column, name, 0, 1, places);
    }

    /// <summary>Writes a row's numbers: what is unknown becomes the mean (0), a category that no training row has all
    /// zeros.</summary>
    public void Write(string[] row, Span<float> target)
    {
        target.Clear();
        string value = row[column];
        if (categories is not null)
        {
            if (categories.TryGetValue(value, out int place)) target[place] = 1;
        }
        else if (Number(value) is { } number && deviation > LeastDeviation)
        {
            target[0] = (float)((number - mean) / deviation);
        }
    }

    private static double? Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;

    private static bool IsUnknown(string value) => value is "" or "?" or "NA" or "NaN" or "nan" or "null";
}
