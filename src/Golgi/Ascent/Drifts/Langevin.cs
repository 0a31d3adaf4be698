using Golgi.Foundation;

namespace Golgi.Ascent.Drifts;

/// <summary>The probabilistic form: x ← x + ε₁ ∂log p(x) + ε₂ ∂log p(y|x) + N(0, ε₃²), by a rule that takes the sum as it is.</summary>
/// <remarks>Nguyen et al. 2017, eq. 5. The objective is the condition; the prior is <see cref="AscentPlan.Prior"/>. ε₁
/// = ε₂ = ε and
/// ε₃ = √(2ε) make it a Langevin chain without its accept step.</remarks>
public static class Langevin
{
    /// <summary>The three terms, with their factors.</summary>
    /// <param name="prior">ε₁, 0 or more.</param>
    /// <param name="condition">ε₂, 0 or more.</param>
    /// <param name="noise">ε₃, a standard deviation, 0 or more.</param>
    /// <param name="scale">Whether the prior and the condition are scaled to one size first.</param>
    public static IReadOnlyList<(double Weight, Drift Drift)> Drifts(
        double prior, double condition, double noise, TermScale scale = TermScale.Raw) =>
        [
            (Check.NotNegative(prior), Scaled(new PriorDrift(), scale)),
            (Check.NotNegative(condition), Scaled(new ObjectiveDrift(), scale)),
            (Check.NotNegative(noise), new NoiseDrift()),
        ];

    private static Drift Scaled(Drift drift, TermScale scale) => scale == TermScale.Raw ? drift : new UnitDrift(drift);
}
