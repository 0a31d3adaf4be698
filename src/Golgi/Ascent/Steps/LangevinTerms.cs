namespace Golgi.Ascent.Steps;

/// <summary>How large the three terms of a step of the probabilistic form are, each as the mean over the coordinates
/// of its size.</summary>
/// <param name="Prior">Of ε₁ ∂log p(x).</param>
/// <param name="Condition">Of ε₂ ∂log p(y|x).</param>
/// <param name="Noise">Of N(0, ε₃²).</param>
public readonly record struct LangevinTerms(double Prior, double Condition, double Noise);
