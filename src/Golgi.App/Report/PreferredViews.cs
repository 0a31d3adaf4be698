namespace Golgi.App.Report;

/// <summary>What classes and units want to see.</summary>
/// <param name="Classes">One picture each.</param>
/// <param name="Layer">The layer whose units were asked; null where none was.</param>
/// <param name="Units">Those with the highest peaks, in the order of their numbers.</param>
internal sealed record PreferredViews(IReadOnlyList<PreferredView> Classes, string? Layer, IReadOnlyList<PreferredUnit> Units);
