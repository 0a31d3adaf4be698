using Golgi.Instruments.Dimension.Trials;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>What accuracies were compared with.</summary>
/// <param name="Value">The accuracy.</param>
/// <param name="Policy">Where it comes from: <c>own</c> or <c>absolute:X</c>.</param>
/// <param name="Direct">Accuracy under direct training, where that was done.</param>
public sealed record Baseline(double Value, string Policy, Replicates? Direct);
