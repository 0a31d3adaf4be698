namespace Golgi.Instruments.Similarity.Measures;

/// <summary>What a measure says about two layers.</summary>
/// <param name="Value">The similarity, in the measure's range.</param>
/// <param name="Coefficients">The parts that it is made of, largest first (correlations; singular values for Procrustes);
/// empty for measures that have none.</param>
/// <param name="KeptLeft">Directions of the one side that took part.</param>
/// <param name="KeptRight">Directions of the other.</param>
public sealed record Score(double Value, IReadOnlyList<double> Coefficients, long KeptLeft, long KeptRight);
