namespace Golgi.App.Report.Plots;

/// <summary>Writes figures to a file of their own, with the colors that the dossier gives them.</summary>
internal static class FigureFile
{
    /// <summary>The endings that it knows, for help texts.</summary>
    public const string Endings = ".svg, .png or .html";

    /// <summary>Writes. An .html file holds all figures; .svg and .png files hold one each, and of several figures the second
    /// and further ones go into files named <c>NAME-2.svg</c>, ...</summary>
    /// <returns>The files written.</returns>
    /// <exception cref="ArgumentException">Another ending.</exception>
    public static IReadOnlyList<string> Write(string path, IReadOnlyList<IFigure> figures)
    {
        Require(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (Ending(path) == ".HTML")
        {
            File.WriteAllText(path, Page(figures));
            return [path];
        }

        string[] paths = [.. figures.Select((_, i) => i == 0 ? path : Path.ChangeExtension(path, null) + $"-{i + 1}{Path.GetExtension(path)}")];
        foreach (var (figure, to) in figures.Zip(paths))
        {
            if (Ending(path) == ".SVG") File.WriteAllText(to, Standing(figure.ToSvg()));
            else File.WriteAllBytes(to, SvgRaster.ToPng(figure.ToSvg()));
        }

        return paths;
    }

    /// <summary>Refuses other endings; before long work, not after.</summary>
    /// <exception cref="ArgumentException">It has another ending.</exception>
    public static void Require(string path)
    {
        if (Ending(path) is ".SVG" or ".PNG" or ".HTML") return;
        throw new ArgumentException($"'{path}' does not end in {Endings}.");
    }

    private static string Ending(string path) => Path.GetExtension(path).ToUpperInvariant();

    private static string Page(IReadOnlyList<IFigure> figures) =>
        $"<!DOCTYPE html>\n<meta charset=\"utf-8\"><title>Golgi</title><style>{StyleSheet.Text}</style>\n"
        + string.Concat(figures.Select(figure => $"<figure>{figure.ToSvg()}</figure>\n"));

    // An svg element that stands alone needs its namespace and its own style.
    private static string Standing(string svg)
    {
        int end = svg.IndexOf('>', StringComparison.Ordinal);
        return $"{svg[..4]} xmlns=\"http://www.w3.org/2000/svg\"{svg[4..(end + 1)]}<style>{StyleSheet.Text}</style>{svg[(end + 1)..]}";
    }
}
