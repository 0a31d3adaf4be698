using System.Reflection;
using Golgi.App.Report.Plots;

namespace Golgi.App.Commands.Similarity;

/// <summary>Writes figures to a file of their own, with the colors that the dossier gives them.</summary>
internal static class FigureFile
{
    /// <summary>Writes.</summary>
    /// <param name="path">Ends in .svg (one figure, or the first) or .html (all).</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    public static void Write(string path, IReadOnlyList<IFigure> figures)
    {
        string style = $"<style>{Style()}</style>";
        string text = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => Standing(figures[0].ToSvg(), style),
            ".HTML" => $"<!DOCTYPE html>\n<meta charset=\"utf-8\"><title>Golgi</title>{style}\n"
                + string.Concat(figures.Select(figure => $"<figure>{figure.ToSvg()}</figure>\n")),
            _ => throw new ArgumentException($"'{path}' ends neither in .svg nor in .html."),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text);
    }

    // An svg element that stands alone needs its namespace and its own style.
    private static string Standing(string svg, string style)
    {
        int end = svg.IndexOf('>', StringComparison.Ordinal);
        return svg[..4] + " xmlns=\"http://www.w3.org/2000/svg\"" + svg[4..(end + 1)] + style + svg[(end + 1)..];
    }

    private static string Style()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Dossier.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
