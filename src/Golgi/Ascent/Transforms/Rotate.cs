using System.Globalization;
using Golgi.Foundation;
using Golgi.Numerics.Random;

namespace Golgi.Ascent.Transforms;

/// <summary>Turns about the center by an angle drawn from a list.</summary>
public sealed class Rotate : Placement
{
    private readonly double[] degrees;

    /// <summary>States the angles.</summary>
    /// <param name="degrees">Drawn evenly; repeat one to make it likelier.</param>
    public Rotate(params IReadOnlyList<double> degrees)
    {
        Check.Positive(degrees.Count, nameof(degrees));
        this.degrees = [.. degrees.Select(angle => Check.InRange(angle, -360, 360))];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"rotate {string.Join(' ', degrees.Select(angle => angle.ToString(CultureInfo.InvariantCulture)))}";

    internal override Affine Draw(PhiloxReader random) =>
        Affine.Turn(degrees[random.Next(degrees.Length)] * Math.PI / 180);
}
