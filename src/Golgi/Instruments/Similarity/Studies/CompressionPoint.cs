namespace Golgi.Instruments.Similarity.Studies;

/// <summary>A network whose layers were made smaller, and what it still knows.</summary>
/// <param name="Source">Where the directions come from.</param>
/// <param name="Share">Directions kept of each layer's inputs, as a share of their number.</param>
/// <param name="Parameters">Weights of the smaller network.</param>
/// <param name="Size">The same as a share of the original's.</param>
/// <param name="Accuracy">On the test set, in [0, 1].</param>
public sealed record CompressionPoint(DirectionSource Source, double Share, long Parameters, double Size, double Accuracy);
