using System.Globalization;
using Golgi.Foundation;
using Golgi.Numerics.Random;

namespace Golgi.Ascent.Transforms;

/// <summary>Enlarges by a factor drawn from a list; the picture's size stays.</summary>
public sealed class Rescale : Placement
{
    private readonly double[] factors;

    /// <summary>States the factors.</summary>
    /// <param name="factors">Above 0, drawn evenly; repeat one to make it likelier.</param>
    public Rescale(params IReadOnlyList<double> factors)
    {
        Check.Positive(factors.Count, nameof(factors));
        foreach (double factor in factors) Check.Positive(factor);
        this.factors = [.. factors];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"scale {string.Join(' ', factors.Select(factor => factor.ToString(CultureInfo.InvariantCulture)))}";

    internal override Affine Draw(PhiloxReader random) => Affine.Scale(1 / factors[random.Next(factors.Length)]);
}
