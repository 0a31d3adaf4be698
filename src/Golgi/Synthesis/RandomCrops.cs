using Golgi.Numerics;
using static TorchSharp.torch;

namespace Golgi.Synthesis;

/// <summary>Several square crops a step, each enlarged to the picture's size: the network sees parts near and
/// far.</summary>
/// <remarks>Fel et al. 2023: centers ½ + N(0, 0.15), sides N(b, 0.05) within [0.05, 1], in shares of the
/// picture.</remarks>
public sealed class RandomCrops : Transform
{
    private const double CenterDeviation = 0.15, SideDeviation = 0.05, LeastSide = 0.05;
    private readonly int count;
    private readonly double first, last;

    /// <summary>States the crops.</summary>
    /// <param name="count">Crops of each picture in a step.</param>
    /// <param name="first">The mean side b in the phase's first step, a share of the picture's.</param>
    /// <param name="last">The mean side in its last step.</param>
    public RandomCrops(int count, double first, double last)
    {
        this.count = Check.Positive(count);
        this.first = Check.Fraction(first);
        this.last = Check.Fraction(last);
    }

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(random);
        double height = pictures.shape[2], width = pictures.shape[3];
        var crops = Enumerable.Range(0, count).Select(_ =>
        {
            double side = Math.Clamp(
                first + ((last - first) * fraction) + (SideDeviation * random.NextNormal()), LeastSide, 1);
            double y = CenterDeviation * random.NextNormal(), x = CenterDeviation * random.NextNormal();
            double edge = (1 - side) / 2; // the whole crop lies on the picture
            var shift = Affine.Shift(Math.Clamp(y, -edge, edge) * height, Math.Clamp(x, -edge, edge) * width);
            return Placement.Sample(pictures, shift.Then(Affine.Scale(side)));
        }).ToArray();
        return count == 1 ? crops[0] : cat(crops, 0);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{count} crops {first}..{last}";
}
