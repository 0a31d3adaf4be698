using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>Σ |x − mean|^α of the pictures, an energy, in the unit range: α = 2 is the Gaussian prior, α = 6 bounds
/// outliers and leaves the rest alone.</summary>
/// <remarks>Simonyan et al. 2013 (α = 2); Mahendran and Vedaldi 2015 (α = 6).</remarks>
public sealed class AlphaNorm : Objective
{
    private readonly double[] mean;

    /// <summary>States the energy.</summary>
    /// <param name="alpha">α, 1 or more.</param>
    /// <param name="mean">The mean picture's level, unit range: one value, or one per channel.</param>
    public AlphaNorm(double alpha, params IReadOnlyList<double> mean)
    {
        Alpha = Check.InRange(alpha, 1, 64);
        this.mean = mean.Count == 0 ? [0.5] : [.. mean];
    }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [];

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        var unit = PictureUnits.Unit(pass.Pictures);
        var centered = unit - tensor(mean, unit.dtype, unit.device).view(1, -1, 1, 1);
        return (Alpha == 2 ? centered.square() : centered.abs().pow(Alpha)).flatten(1).sum(1);
    }

    /// <inheritdoc/>
    public override string ToString() => $"|x|^{Alpha}";
}
