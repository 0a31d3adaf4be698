using Golgi.Foundation;

namespace Golgi.App.Report;

/// <summary>One part of a dossier: an instrument looks at the subject and writes down what it found.</summary>
/// <remarks>To add one: a class here or in the instrument's own folder beneath, and a line in <see cref="Sections.All"/>.</remarks>
internal interface IDossierSection
{
    /// <summary>The heading, in words that a reader who knows no paper understands.</summary>
    string Title { get; }

    /// <summary>Examines the subject and writes. A section that has nothing to say of this subject writes nothing, and is left out.</summary>
    /// <param name="subject">What is examined; borrowed.</param>
    /// <param name="page">Where to write: text, tables, figures, pictures.</param>
    /// <param name="progress">How far it has come.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What the reader should not miss; the five weightiest of all sections stand on top of the dossier.</returns>
    IReadOnlyList<Finding> Write(
        Subject subject, SectionWriter page, IProgress<WorkProgress> progress, CancellationToken cancellation);
}
