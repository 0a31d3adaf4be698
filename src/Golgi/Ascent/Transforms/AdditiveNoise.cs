using System.Globalization;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Transforms;

/// <summary>Adds noise, normal and even, the same to all pictures of a step, so that none depends on the batch.</summary>
/// <param name="deviation">Of the normal part, raw units.</param>
/// <param name="range">Half the width of the even part, raw units.</param>
/// <param name="views">How many views of each picture come, view by view; each view has noise of its own.</param>
public sealed class AdditiveNoise(double deviation, double range = 0, int views = 1) : Transform
{
    private readonly double deviation = Check.NotNegative(deviation), range = Check.NotNegative(range);
    private readonly int views = Check.Positive(views);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(random);
        var seed = new Philox(((ulong)random.NextBits() << 32) | random.NextBits());
        long[] shape = [views, 1, .. pictures.shape[1..]];
        float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        seed.FillNormal(values);
        var noise = tensor(values, shape) * deviation;
        if (range > 0)
        {
            new Philox(seed.Seed, 1).FillUniform(values);
            noise = noise + (((tensor(values, shape) * 2) - 1) * range);
        }

        return (pictures.unflatten(0, [views, -1]) + noise.to(pictures.dtype).to(pictures.device)).flatten(0, 1);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"noise {deviation} and {range} in {views} views");
}
