using Golgi.Instruments.Dimension.Trials;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>What was measured at one dimension.</summary>
/// <param name="D">The dimension d.</param>
/// <param name="Accuracy">Over the replicates.</param>
/// <param name="Success">Share of the replicates above the threshold.</param>
/// <param name="Rate">The learning rate that the rule gave.</param>
/// <param name="Published">The published mean accuracy at this dimension, between published points linearly in log d; null where there is
/// none.</param>
public sealed record CurvePoint(int D, Replicates Accuracy, double Success, double Rate, double? Published);
