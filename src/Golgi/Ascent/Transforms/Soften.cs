using System.Globalization;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Transforms;

/// <summary>A Gaussian blur of a width drawn evenly: the network must not need the finest detail.</summary>
/// <param name="low">The least standard deviation, in pixels.</param>
/// <param name="high">The greatest.</param>
public sealed class Soften(double low, double high) : Transform
{
    private readonly double low = Check.NotNegative(low), high = Check.InRange(high, low, 64);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Gaussian.Blur(pictures, random.Uniform(low, high));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"blur {low}..{high}");
}
