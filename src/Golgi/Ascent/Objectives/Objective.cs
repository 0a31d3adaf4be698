using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>What is to be increased: a score for each picture of a batch. Composable with <c>+</c>, <c>-</c> and
/// <c>*</c>;
/// a prior that has an energy is an objective with a negative weight.</summary>
/// <example><code>
/// Objective what = new UnitObjective("conv3", 17) - (0.02 * new TotalVariation());
/// </code></example>
public abstract class Objective
{
    /// <summary>The layers that <see cref="Score"/> reads; empty if the pictures or the output are enough.</summary>
    public abstract IReadOnlyList<string> Layers { get; }

    /// <summary>The score of each picture. Of several views it must be the mean over them (see <see cref="ForwardPass.OverViews"/>), since
    /// they may be scored some at a time.</summary>
    /// <param name="pass">What the network says of the pictures; borrowed.</param>
    /// <returns>Differentiable with respect to the pictures, [N].</returns>
    public abstract Tensor Score(ForwardPass pass);

    /// <summary>The sum of two objectives.</summary>
    public static Objective operator +(Objective a, Objective b) => new WeightedSum([(1, a), (1, b)]);

    /// <summary>The difference of two objectives.</summary>
    public static Objective operator -(Objective a, Objective b) => new WeightedSum([(1, a), (-1, b)]);

    /// <summary>An objective with a weight.</summary>
    public static Objective operator *(double weight, Objective objective) =>
        new WeightedSum([(double.IsFinite(weight) ? weight : Check.Positive(weight), objective)]);

    /// <inheritdoc cref="operator *(double, Objective)"/>
    public static Objective operator *(Objective objective, double weight) => weight * objective;

    /// <summary>The opposite objective: what the unit wants least.</summary>
    public static Objective operator -(Objective objective) => -1 * objective;

    /// <summary>The objective in words, with its weights.</summary>
    public abstract override string ToString();

    /// <inheritdoc cref="operator +"/>
    public static Objective Add(Objective left, Objective right) => left + right;

    /// <inheritdoc cref="operator -(Objective, Objective)"/>
    public static Objective Subtract(Objective left, Objective right) => left - right;

    /// <inheritdoc cref="operator *(double, Objective)"/>
    public static Objective Multiply(double left, Objective right) => left * right;

    /// <inheritdoc cref="operator -(Objective)"/>
    public static Objective Negate(Objective item) => -item;
}
