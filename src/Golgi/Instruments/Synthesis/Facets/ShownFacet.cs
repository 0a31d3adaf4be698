namespace Golgi.Instruments.Synthesis.Facets;

/// <summary>A facet with what the network says of its picture.</summary>
/// <param name="Count">Images in it.</param>
/// <param name="Labels">How many of them have which label, by its name, the commonest first.</param>
/// <param name="Members">The images nearest to its center, indices into the data set, nearest first.</param>
/// <param name="Activation">The unit's activation on the picture.</param>
/// <param name="Probability">Its softmax among the others, in [0, 1].</param>
/// <param name="Rank">1 if no other is more active.</param>
public sealed record ShownFacet(
    int Count, IReadOnlyList<KeyValuePair<string, int>> Labels, IReadOnlyList<long> Members, double Activation, double? Probability, int? Rank);
