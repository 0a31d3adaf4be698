using System.Globalization;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Transforms;

/// <summary>Several square crops a step, each in the network's input size: the network sees parts near and far, never the picture
/// itself.</summary>
/// <remarks>Fel et al. 2023: centers ½ + N(0, 0.15), sides N(b, 0.05) within [0.05, 1], in shares of the picture; what lies outside is
/// middle gray.</remarks>
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

    /// <summary>Height and width of what is given; null: those of the pictures.</summary>
    public (long Height, long Width)? Size { get; init; }

    /// <summary>Whether crops that would reach beyond the picture are moved back onto it.</summary>
    public bool Inside { get; init; }

    /// <inheritdoc/>
    public override int Views => count;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(random);
        double height = pictures.shape[2], width = pictures.shape[3];
        var size = Size ?? (pictures.shape[2], pictures.shape[3]);
        var crops = Enumerable.Range(0, count).Select(_ =>
        {
            double side = Math.Clamp(first + ((last - first) * fraction) + (SideDeviation * random.NextNormal()), LeastSide, 1);
            double y = CenterDeviation * random.NextNormal(), x = CenterDeviation * random.NextNormal();
            double edge = Inside ? (1 - side) / 2 : 1;
            var shift = Affine.Shift(Math.Clamp(y, -edge, edge) * height, Math.Clamp(x, -edge, edge) * width);
            double pixel = side * Math.Min(height / size.Height, width / size.Width); // of the crop, in pixels of the picture
            return Placement.Sample(pictures, shift.Then(Affine.Scale(pixel)), size.Height, size.Width);
        }).ToArray();
        return count == 1 ? crops[0] : cat(crops, 0);
    }

    internal override Transform For((long Height, long Width) input) =>
        new RandomCrops(count, first, last) { Size = input, Inside = Inside };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{count} crops {first}..{last}")
        + (Size is { } size ? $" of {size.Height}x{size.Width}" : "") + (Inside ? " inside" : "");
}
