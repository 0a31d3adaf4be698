namespace Golgi.App.Report.Dimension;

/// <summary>A quick look at how many dimensions a network's task needs. Accuracies in [0, 1].</summary>
/// <param name="Weights">Parameters of the network.</param>
/// <param name="Accuracy">The network's own, on the examples that were judged with.</param>
/// <param name="Target">The accuracy to exceed.</param>
/// <param name="Curve">One training each, from fresh weights.</param>
/// <param name="Steps">Steps of each training.</param>
/// <param name="Dimension">Where the curve crosses the target; null where it does not.</param>
/// <param name="Bytes">The smallest form of such a network, about; null likewise.</param>
internal sealed record DimensionLook(
    long Weights, double Accuracy, double Target, IReadOnlyList<DimensionPoint> Curve, long Steps, double? Dimension, double? Bytes);
