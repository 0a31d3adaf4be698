namespace Golgi.App.Report;

/// <summary>How long a section took.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Seconds">Wall clock.</param>
internal sealed record SectionTime(string Title, double Seconds);
