using Golgi.Foundation;

namespace Golgi.Instruments.Synthesis.Facets;

/// <summary>How the facets of a unit are found.</summary>
public sealed record FacetOptions
{
    /// <summary>How many facets. Default 10, as in the work.</summary>
    public int Clusters { get => field; init => field = (int)Check.InRange(value, 1, 1000, nameof(Clusters)); } = 10;

    /// <summary>Principal components that the map is drawn from. Default 50.</summary>
    public int Components { get => field; init => field = Check.Positive(value, nameof(Components)); } = 50;

    /// <summary>Images nearest to a cluster's center that are averaged. Default 15.</summary>
    public int Nearest { get => field; init => field = Check.Positive(value, nameof(Nearest)); } = 15;

    /// <summary>Images at the most: of a class, those of its label; of a hidden unit, those that excite it most.
    /// Default 1,300.</summary>
    public int Images { get => field; init => field = Check.Positive(value, nameof(Images)); } = 1300;

    /// <summary>The layer that gives the codes; maps are averaged over places. Null: for a class the last layer before
    /// the logits, for a unit its own.</summary>
    public string? CodeLayer { get; init; }

    /// <summary>Whether clusters are found in the map or in the principal components, which leaves the map for
    /// display.</summary>
    public FacetSpace Space { get; init; } = FacetSpace.Map;

    /// <summary>Examples of a data set whose facets are looked for only among these labels; null: for a class its own
    /// label.</summary>
    public IReadOnlyList<long>? Labels { get; init; }
}
