namespace Golgi.App.Report;

/// <summary>What <c>golgi dossier</c> made.</summary>
/// <param name="File">The HTML file among the run's <c>artifacts</c>; the command prints its full path, or that of the copy.</param>
/// <param name="Network">What it is about.</param>
/// <param name="Findings">The most telling lines, the weightiest first.</param>
/// <param name="Sections">What is in it, with the numbers.</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="Seconds">Time for the examination, in all its sittings.</param>
internal sealed record DossierResult(
    string File,
    string Network,
    IReadOnlyList<string> Findings,
    IReadOnlyList<MeasuredSection> Sections,
    long Bytes,
    double Seconds);
