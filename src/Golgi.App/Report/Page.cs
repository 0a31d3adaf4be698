using System.Text;
using Golgi.App.Report.Plots;
using Golgi.Data;
using Golgi.Foundation;
using TorchSharp;

namespace Golgi.App.Report;

/// <summary>The dossier's frame: head, telling lines, contents, sections, foot. One file, nothing fetched from anywhere.</summary>
internal static class Page
{
    public static string Render(Subject subject, IReadOnlyList<Finding> telling, IReadOnlyList<WrittenSection> sections)
    {
        string name = Html.Escape(subject.Specimen.Name);
        var html = new StringBuilder();
        html.Append($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="Golgi {Version()}">
            <title>{name} · dossier</title>
            <style>
            {StyleSheet.Text}</style>
            </head>
            <body>
            <div class="layout">
            <nav aria-label="Contents">
            {string.Concat(sections.Select(section => $"<a href=\"#{Html.Anchor(section.Title)}\">{Html.Escape(section.Title)}</a>\n"))}</nav>
            <main>
            <header>
            <p class="kind">Golgi dossier</p>
            <h1>{name}</h1>
            <p class="sub">{Html.Inline(Subtitle(subject))}</p>
            </header>

            """);
        if (telling.Count > 0)
        {
            string lines = string.Concat(telling.Select(finding => $"<li>{Html.Inline(finding.Text)}</li>\n"));
            html.Append($"<div class=\"telling\"><h2>What it tells</h2>\n<ol>\n{lines}</ol></div>\n");
        }

        foreach (var section in sections)
        {
            html.Append($"<section id=\"{Html.Anchor(section.Title)}\">\n<h2>{Html.Escape(section.Title)}</h2>\n{section.Html}</section>\n");
        }

        html.Append($"<footer>{Foot(subject, sections)}</footer>\n</main>\n</div>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>A page of one section, in the same style: plots of a command.</summary>
    public static string Sheet(string title, string subtitle, string html) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Html.Escape(title)}</title>
        <style>
        {StyleSheet.Text}</style>
        </head>
        <body>
        <main style="margin: 0 auto; padding: 0 1.5rem; max-width: 60rem">
        <header>
        <h1>{Html.Escape(title)}</h1>
        <p class="sub">{Html.Inline(subtitle)}</p>
        </header>
        <section>
        {html}</section>
        </main>
        </body>
        </html>

        """;

    private static string Subtitle(Subject subject)
    {
        var specimen = subject.Specimen;
        string input = Check.Describe([.. specimen.InputShape]);
        string data = specimen.Data is { } set ? $"looked at with `{set.Name}`" : "without data";
        string outputs = specimen.Outputs switch
        {
            OutputKind.Classes => $"{specimen.ClassNames.Count} classes",
            OutputKind.Values => $"{specimen.ClassNames.Count} numbers",
            OutputKind.Picture => "a picture",
            _ => "one log-odds",
        };
        return $"A network from {input} to {outputs}, {data}.";
    }

    private static string Foot(Subject subject, IReadOnlyList<WrittenSection> sections)
    {
        string times = string.Join(", ", sections.Select(section => $"{section.Title.ToLowerInvariant()} {section.Seconds:0.0} s"));
        string run = subject.RunFolder is { } folder ? $" Run: `{Path.GetFileName(folder)}`." : "";
        string identity = subject.Specimen.Data is { } data ? $" Data: `{data.Identity}`." : "";
        string made = $"Made by Golgi {Version()} with TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)} "
            + $"on {DateTime.Now:yyyy-MM-dd}.{run}{identity} Seed {subject.Seed}.";
        return $"<p>{Html.Inline(made)}</p>" +
            $"<p>{Html.Inline($"Time: {times}.")}</p>";
    }

    private static string Version() => typeof(Check).Assembly.GetName().Version!.ToString(3);
}
