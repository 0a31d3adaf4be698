using Golgi.Ascent;

namespace Golgi.Instruments.Synthesis.Facets;

/// <summary>What <see cref="FacetsJob"/> found.</summary>
/// <param name="Facets">The different things that the unit responds to.</param>
/// <param name="Purity">See <see cref="FacetReport.Purity"/>.</param>
/// <param name="Silhouette">How far apart they are; null for a single one.</param>
/// <param name="Count">How many images were told apart.</param>
/// <param name="Sheet">Members, means and pictures, in the run's artifacts.</param>
/// <param name="Outcome">The first outcome of an ascent that is not "finished", if any.</param>
public sealed record FacetsResult(
    IReadOnlyList<ShownFacet> Facets, double Purity, double? Silhouette, int Count, string Sheet, AscentOutcome Outcome)
{
    internal static FacetsResult Of(FacetReport report, IReadOnlyList<string> names, string sheet) => new(
        [.. report.Facets.Select((facet, k) => new ShownFacet(
            facet.Size,
            [.. facet.Labels.Select(entry => KeyValuePair.Create(names.ElementAtOrDefault((int)entry.Key) ?? $"{entry.Key}", entry.Value))],
            facet.Members,
            report.Pictures.Found[k].Activation,
            report.Pictures.Found[k].Probability,
            report.Pictures.Found[k].Rank))],
        report.Purity,
        report.Silhouette,
        report.Examples.Count,
        sheet,
        report.Pictures.Outcome);
}
