using System.Reflection;
using System.Text.RegularExpressions;

namespace Golgi.App.Report.Plots;

/// <summary>The dossier's style sheet.</summary>
internal static partial class StyleSheet
{
    private static readonly Lazy<string> Read = new(ReadText);

    /// <summary>All of it.</summary>
    public static string Text => Read.Value;

    /// <summary>Its colors in light, by name, as <c>#rrggbb</c>.</summary>
    public static IReadOnlyDictionary<string, string> Colors() => Variable().Matches(Text)
        .GroupBy(match => match.Groups[1].Value).ToDictionary(group => group.Key, group => group.First().Groups[2].Value);

    private static string ReadText()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Dossier.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"--(\w+): (#[0-9a-f]{6})")]
    private static partial Regex Variable();
}
