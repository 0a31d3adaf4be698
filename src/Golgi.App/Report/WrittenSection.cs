namespace Golgi.App.Report;

/// <summary>A section as it came out.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Html">Its body.</param>
/// <param name="Findings">Its telling lines.</param>
/// <param name="Seconds">How long the measuring took.</param>
internal sealed record WrittenSection(string Title, string Html, IReadOnlyList<Finding> Findings, double Seconds);
