using System.Text;
using Golgi.App.Report.Plots;

namespace Golgi.App.Report;

/// <summary>Writes one section's HTML. All text is escaped; <c>`backticks`</c> set code.</summary>
internal sealed class SectionWriter
{
    private readonly StringBuilder html = new();

    /// <summary>True as long as nothing was written.</summary>
    public bool IsEmpty => html.Length == 0;

    /// <summary>A paragraph.</summary>
    public void Text(string paragraph) => html.Append($"<p>{Html.Inline(paragraph)}</p>\n");

    /// <summary>A small paragraph: how something was measured, what it does not say.</summary>
    public void Note(string paragraph) => html.Append($"<p class=\"note\">{Html.Inline(paragraph)}</p>\n");

    /// <summary>A heading within the section.</summary>
    public void Heading(string text) => html.Append($"<h3>{Html.Inline(text)}</h3>\n");

    /// <summary>A row of tiles, each a number and what it means.</summary>
    public void Facts(params IEnumerable<(string Name, string Value)> facts)
    {
        html.Append("<dl class=\"facts\">");
        foreach (var (name, value) in facts)
        {
            html.Append($"<div><dt>{Html.Inline(name)}</dt><dd>{Html.Inline(value)}</dd></div>");
        }

        html.Append("</dl>\n");
    }

    /// <summary>A table.</summary>
    /// <param name="columns">Headings; one that begins with <c>#</c> (not shown) holds numbers and is set to the right.</param>
    /// <param name="rows">As many cells each as there are columns.</param>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[] align = [.. columns.Select(column => column.StartsWith('#') ? " class=\"number\"" : "")];
        html.Append("<div class=\"wide\"><table><thead><tr>");
        for (int i = 0; i < columns.Count; i++) html.Append($"<th{align[i]}>{Html.Inline(columns[i].TrimStart('#'))}</th>");
        html.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            for (int i = 0; i < row.Count; i++) html.Append($"<td{align[i]}>{Html.Inline(row[i])}</td>");
            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    /// <summary>A figure with its caption.</summary>
    public void Figure(IFigure figure, string caption) => Framed(figure.ToSvg(), caption);

    /// <summary>Figures side by side where the page is wide enough.</summary>
    public void Figures(params IEnumerable<(IFigure Figure, string Caption)> figures)
    {
        html.Append("<div class=\"row\">\n");
        foreach (var (figure, caption) in figures) Figure(figure, caption);
        html.Append("</div>\n");
    }

    /// <summary>Many small figures in rows that wrap, each with a label beneath.</summary>
    public void Gallery(IEnumerable<(IFigure Figure, string Label)> figures)
    {
        html.Append("<div class=\"gallery\">\n");
        foreach (var (figure, label) in figures) Framed(figure.ToSvg(), label);
        html.Append("</div>\n");
    }

    /// <summary>Something that a reader opens if he wants to.</summary>
    public void Details(string summary, Action<SectionWriter> write)
    {
        html.Append($"<details><summary>{Html.Inline(summary)}</summary>\n");
        write(this);
        html.Append("</details>\n");
    }

    /// <inheritdoc/>
    public override string ToString() => html.ToString();

    private void Framed(string svg, string caption) =>
        html.Append($"<figure>{svg}<figcaption>{Html.Inline(caption)}</figcaption></figure>\n");
}
