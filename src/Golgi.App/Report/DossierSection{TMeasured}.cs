using System.Diagnostics;
using System.Text.Json;
using Golgi.Foundation;

namespace Golgi.App.Report;

/// <summary>One part of a dossier in its two steps: it measures the subject into a record of numbers, and writes the record down.</summary>
/// <typeparam name="TMeasured">What JSON can carry: the record is kept in the run and is what <c>--json</c> prints.</typeparam>
/// <remarks>To add one: a class and its record here or in the instrument's own folder beneath, and a line in <see cref="Sections.All"/>.</remarks>
internal abstract class DossierSection<TMeasured> : DossierSection
    where TMeasured : class
{
    /// <summary>Measures the subject.</summary>
    /// <param name="subject">What is examined; borrowed, and left as it was.</param>
    /// <param name="progress">How far it has come.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Null where there is nothing to say of this subject: the section is left out.</returns>
    public abstract TMeasured? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation);

    /// <summary>Writes down what was measured. Nothing is measured here; pictures are drawn again from the subject's data and weights.</summary>
    /// <param name="found">What was measured.</param>
    /// <param name="subject">The same subject; borrowed.</param>
    /// <param name="page">Where to write: text, tables, figures, pictures.</param>
    /// <returns>What the reader should not miss; the five weightiest of all sections stand on top of the dossier.</returns>
    public abstract IReadOnlyList<Finding> Write(TMeasured found, Subject subject, SectionWriter page);

    /// <inheritdoc/>
    public sealed override MeasuredSection Examine(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var found = Measure(subject, progress, cancellation);
        var measured = found is null ? null : JsonSerializer.SerializeToNode(found, RunJson.Format)!.AsObject();
        return new MeasuredSection(Title, Math.Round(clock.Elapsed.TotalSeconds, 2), measured);
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Finding> WriteDown(MeasuredSection examined, Subject subject, SectionWriter page) =>
        Write(examined.Measured.Deserialize<TMeasured>(RunJson.Format)!, subject, page);
}
