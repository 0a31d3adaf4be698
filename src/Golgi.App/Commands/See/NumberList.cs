using System.Globalization;

namespace Golgi.App.Commands.See;

/// <summary>Reads numbers between commas, with a point before decimals whatever the culture: <c>1,-0.5</c>.</summary>
internal static class NumberList
{
    /// <summary>The numbers, or null where a part is none.</summary>
    public static double[]? Parse(IEnumerable<string> parts)
    {
        var numbers = new List<double>();
        foreach (string part in parts)
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number)) return null;
            numbers.Add(number);
        }

        return [.. numbers];
    }
}
