namespace Golgi.Instruments.Tickets.Criteria;

/// <summary>How alike two masks of one size are.</summary>
/// <param name="Remaining">Fraction of weights that each keeps.</param>
/// <param name="Overlap">Weights that both keep over those that either keeps (Jaccard), in [0, 1].</param>
/// <param name="ByChance">What two random masks of that size would have.</param>
public sealed record MaskOverlap(double Remaining, double Overlap, double ByChance);
