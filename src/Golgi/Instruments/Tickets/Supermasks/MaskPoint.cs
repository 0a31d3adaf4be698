using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>An untrained network under a mask.</summary>
/// <param name="Remaining">Fraction of weights that is kept.</param>
/// <param name="Accuracy">Validation accuracy over the replicates, in [0, 1].</param>
public sealed record MaskPoint(double Remaining, Interval Accuracy);
