namespace Golgi.Instruments.Synthesis.Facets;

/// <summary>One of the different things that a unit responds to.</summary>
/// <param name="Size">Images in the cluster.</param>
/// <param name="Members">The images nearest to its center, indices into the data set, nearest first.</param>
/// <param name="Labels">How many of the cluster's images have which label, the commonest first.</param>
public sealed record Facet(int Size, IReadOnlyList<long> Members, IReadOnlyList<KeyValuePair<long, int>> Labels);
