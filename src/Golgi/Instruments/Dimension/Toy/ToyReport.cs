namespace Golgi.Instruments.Dimension.Toy;

/// <summary>The <see cref="ToyProblem"/>, measured.</summary>
/// <param name="Weights">D.</param>
/// <param name="Dimension">The smallest d whose mean performance exceeds 0.9; null where none does.</param>
/// <param name="Truth">What it must be.</param>
/// <param name="Curve">Performance by rising dimension.</param>
/// <param name="Projection">The projection's name.</param>
/// <param name="Seconds">Time spent.</param>
public sealed record ToyReport(int Weights, int? Dimension, int Truth, IReadOnlyList<ToyPoint> Curve, string Projection, double Seconds);
