using Golgi.Foundation;

namespace Golgi.Ascent.Steps;

/// <summary>The probabilistic form: x ← x + ε₁ ∂log p(x) + ε₂ ∂log p(y|x) + N(0, ε₃²). All three terms are
/// logged.</summary>
/// <remarks>Nguyen et al. 2017, eq. 5. The objective is the condition; the prior is <see cref="AscentPlan.Prior"/>. ε₁
/// = ε₂ = ε and
/// ε₃ = √(2ε) make it a Langevin chain without its accept step.</remarks>
/// <param name="PriorFactor">ε₁, 0 or more.</param>
/// <param name="ConditionFactor">ε₂, 0 or more.</param>
/// <param name="NoiseDeviation">ε₃, a standard deviation, 0 or more.</param>
/// <param name="Scale">Whether the terms are scaled to one size first.</param>
public sealed record LangevinStep(
    double PriorFactor, double ConditionFactor, double NoiseDeviation, TermScale Scale = TermScale.Raw) : StepRule
{
    internal override Stepper Begin()
    {
        Check.NotNegative(PriorFactor);
        Check.NotNegative(ConditionFactor);
        Check.NotNegative(NoiseDeviation);
        return new Forgetful((coordinates, sum, _) => coordinates.add_(sum)); // the terms are joined before
    }
}
