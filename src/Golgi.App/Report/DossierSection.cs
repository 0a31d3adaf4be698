using Golgi.Foundation;

namespace Golgi.App.Report;

/// <summary>One part of a dossier: an instrument looks at the subject, and what it found is written down. See
/// <see cref="DossierSection{TMeasured}"/>.</summary>
internal abstract class DossierSection
{
    /// <summary>The heading, in words that a reader who knows no paper understands.</summary>
    public abstract string Title { get; }

    /// <summary>What a run calls it: the heading in small letters and hyphens.</summary>
    public string Key => Html.Anchor(Title);

    /// <summary>Measures the subject, which takes the time of a dossier.</summary>
    /// <param name="subject">What is examined; borrowed.</param>
    /// <param name="progress">How far it has come.</param>
    /// <param name="cancellation">Stops the work.</param>
    public abstract MeasuredSection Examine(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation);

    /// <summary>Writes down what was measured, now or in an earlier sitting.</summary>
    /// <param name="examined">What <see cref="Examine"/> gave, with something to say.</param>
    /// <param name="subject">The same subject; borrowed.</param>
    /// <param name="page">Where to write.</param>
    /// <returns>As <see cref="DossierSection{TMeasured}.Write"/>.</returns>
    public abstract IReadOnlyList<Finding> WriteDown(MeasuredSection examined, Subject subject, SectionWriter page);
}
