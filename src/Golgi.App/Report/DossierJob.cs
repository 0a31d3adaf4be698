using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Jobs;
using Golgi.Runs;

namespace Golgi.App.Report;

/// <summary>Has every section examine a subject, keeps what each measured, and writes it all into one HTML file, the run's
/// <c>artifacts/dossier.html</c>. One that was stopped goes on at the section where it was.</summary>
/// <param name="subject">What it is about. Borrowed.</param>
/// <param name="sections">Its parts, in order.</param>
internal sealed class DossierJob(Subject subject, IReadOnlyList<DossierSection> sections) : Job<DossierResult>
{
    private const string FileName = "dossier.html";
    private const int TellingLines = 5;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("dossier", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => subject.Specimen.Name;

    /// <inheritdoc/>
    public override JsonObject Options => new()
    {
        ["seed"] = subject.Seed,
        ["sections"] = new JsonArray([.. sections.Select(section => (JsonNode)section.Key)]),
    };

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs
    {
        get
        {
            var inputs = SpecimenInputs.Of(subject.Specimen);
            if (subject.RunFolder is not { } folder) return inputs;
            using var run = Run.Read(folder); // its measurements and checkpoints are read; of an unfinished one, those that there are
            inputs["run"] = run.Finished ? run.Configuration.Hash : $"{run.Configuration.Hash} after {run.Metrics.Count} measurements";
            return inputs;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network has data, and gives no classes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override DossierResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (subject.Specimen.Data is not null) subject.Specimen.RequireClasses("A dossier");
        var seen = subject with { PicturesFolder = Path.GetDirectoryName(context.Run.ArtifactPath(FileName)) };
        var examined = new List<MeasuredSection>();
        for (int i = 0; i < sections.Count; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var share = new Share(context.Progress, sections[i].Title, i, sections.Count);
            examined.Add(context.Once(sections[i].Key, () => sections[i].Examine(seen, share, context.Cancellation)));
        }

        WrittenSection[] written =
            [.. sections.Zip(examined).Where(pair => pair.Second.Measured is not null).Select(pair => Write(pair.First, pair.Second, seen))];
        Finding[] telling =
            [.. written.SelectMany(section => section.Findings).OrderByDescending(finding => finding.Weight).Take(TellingLines)];
        string path = context.Run.ArtifactPath(FileName);
        AtomicFile.Write(path, Page.Render(seen, telling, written));
        return new DossierResult(
            FileName,
            subject.Specimen.Name,
            [.. telling.Select(finding => finding.Text)],
            [.. examined.Where(section => section.Measured is not null)],
            new FileInfo(path).Length,
            Math.Round(examined.Sum(section => section.Seconds), 2));
    }

    private static WrittenSection Write(DossierSection section, MeasuredSection examined, Subject seen)
    {
        var page = new SectionWriter();
        var findings = section.WriteDown(examined, seen, page);
        return new WrittenSection(section.Title, page.ToString(), findings, examined.Seconds);
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
