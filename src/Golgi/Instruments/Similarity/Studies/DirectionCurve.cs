namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Accuracy of a network with one layer projected on its first k directions, nothing retrained.</summary>
/// <param name="Source">Where the directions come from.</param>
/// <param name="Directions">k.</param>
/// <param name="Accuracy">For each k, in [0, 1].</param>
public sealed record DirectionCurve(DirectionSource Source, IReadOnlyList<long> Directions, IReadOnlyList<double> Accuracy);
