using System.Reflection;

namespace Golgi.App.Report.Plots;

/// <summary>Writes figures to a file of their own, with the colors that the dossier gives them.</summary>
internal static class FigureFile
{
    /// <summary>Writes.</summary>
    /// <param name="path">Ends in .svg (one figure, or the first) or .html (all).</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    public static void Write(string path, IReadOnlyList<IFigure> figures)
    {
        RequireEnding(path);
        string style = $"<style>{Style()}</style>";
        string text = Ending(path) == ".SVG"
            ? Standing(figures[0].ToSvg(), style)
            : $"<!DOCTYPE html>\n<meta charset=\"utf-8\"><title>Golgi</title>{style}\n"
                + string.Concat(figures.Select(figure => $"<figure>{figure.ToSvg()}</figure>\n"));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text);
    }

    /// <summary>Refuses a file that <see cref="Write"/> would refuse: to be asked before long work.</summary>
    /// <exception cref="ArgumentException">Another ending.</exception>
    public static void RequireEnding(string path)
    {
        if (Ending(path) is not (".SVG" or ".HTML")) throw new ArgumentException($"'{path}' ends neither in .svg nor in .html.");
    }

    private static string Ending(string path) => Path.GetExtension(path).ToUpperInvariant();

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
