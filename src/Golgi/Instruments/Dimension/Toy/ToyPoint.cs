using Golgi.Instruments.Dimension.Trials;

namespace Golgi.Instruments.Dimension.Toy;

/// <summary>What was measured of the <see cref="ToyProblem"/> at one dimension.</summary>
/// <param name="D">The dimension d.</param>
/// <param name="Performance">exp(−lowest loss), in [0, 1], over random subspaces.</param>
public sealed record ToyPoint(int D, Replicates Performance);
