using Golgi.Numerics.Statistics;

namespace Golgi.App.Report.Basics;

/// <summary>Numbers as a dossier writes them.</summary>
internal static class Words
{
    /// <summary>A share in percent: "41.4 %".</summary>
    public static string Percent(double share) => $"{100 * share:0.0} %";

    /// <summary>An accuracy in percent: "98.40 %".</summary>
    public static string Accuracy(Proportion share) => $"{100 * share.Value:0.00} %";

    /// <summary>Its 95 % interval: "97.80 to 98.91 %".</summary>
    public static string Interval(Proportion share) => $"{100 * share.Low:0.00} to {100 * share.High:0.00} %";

    /// <summary>A count: "61,706", "1.2 million".</summary>
    public static string Count(long count) => count < 10_000_000 ? $"{count:N0}" : $"{count / 1e6:0.#} million";

    /// <summary>A shape as a product: "24×7×7".</summary>
    public static string Shape(IReadOnlyList<long> shape) => string.Join("×", shape);

    /// <summary>Names as a sentence lists them: "a, b and c".</summary>
    public static string List(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
