namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>A quick look at how many dimensions a network's task needs.</summary>
/// <param name="Weights">D.</param>
/// <param name="Own">The network's own accuracy on the examples that were judged with.</param>
/// <param name="Target">The accuracy to exceed.</param>
/// <param name="Curve">Dimension and accuracy of one training each, from fresh weights.</param>
/// <param name="Dimension">Where the curve crosses the target; null where it does not.</param>
/// <param name="Steps">Steps of each training.</param>
public sealed record EstimateReport(
    long Weights, double Own, double Target, IReadOnlyList<(int Dimension, double Accuracy)> Curve, double? Dimension, long Steps);
