namespace Golgi.App.Report.Dimension;

/// <summary>One training with few free numbers.</summary>
/// <param name="Dimension">How many.</param>
/// <param name="Accuracy">What it reached, in [0, 1].</param>
internal sealed record DimensionPoint(int Dimension, double Accuracy);
