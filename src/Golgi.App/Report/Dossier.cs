using System.Diagnostics;
using Golgi.Foundation;

namespace Golgi.App.Report;

/// <summary>Has every section examine a subject, and joins what they wrote into one HTML file.</summary>
internal static class Dossier
{
    private const int TellingLines = 5;

    /// <summary>Makes a dossier.</summary>
    /// <param name="subject">What it is about. Borrowed.</param>
    /// <param name="sections">Its parts, in order.</param>
    /// <param name="path">Where the file goes; its folder is made if need be.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static DossierResult Write(
        Subject subject,
        IReadOnlyList<IDossierSection> sections,
        string path,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var written = new List<WrittenSection>();
        for (int i = 0; i < sections.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = new SectionWriter();
            var start = clock.Elapsed;
            var findings = sections[i].Write(subject, page, new Share(progress, sections[i].Title, i, sections.Count), cancellation);
            if (page.IsEmpty) continue;
            written.Add(new WrittenSection(sections[i].Title, page.ToString(), findings, (clock.Elapsed - start).TotalSeconds));
        }

        Finding[] telling =
            [.. written.SelectMany(section => section.Findings).OrderByDescending(finding => finding.Weight).Take(TellingLines)];
        Save(path, Page.Render(subject, telling, written));
        return new DossierResult(
            Path.GetFullPath(path),
            subject.Specimen.Name,
            [.. telling.Select(finding => finding.Text)],
            [.. written.Select(section => new SectionTime(section.Title, Math.Round(section.Seconds, 2)))],
            new FileInfo(path).Length,
            Math.Round(clock.Elapsed.TotalSeconds, 2));
    }

    /// <summary>Whole or not at all.</summary>
    private static void Save(string path, string html)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string part = path + ".part";
        File.WriteAllText(part, html);
        File.Move(part, path, overwrite: true);
    }

    /// <summary>A section's progress as its part of the whole, in thousandths of a section.</summary>
    private sealed class Share(IProgress<WorkProgress>? whole, string title, int index, int count) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            long part = value.Total > 0 ? 1000 * Math.Min(value.Done, value.Total) / value.Total : 0;
            whole?.Report(new WorkProgress("dossier", (1000L * index) + part, 1000L * count, title));
        }
    }
}
