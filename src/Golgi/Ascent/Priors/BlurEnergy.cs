using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Imaging;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>½ |x − stop(blur(x))|², an energy, in the unit range: its gradient x − blur(x) moves a picture towards its
/// own blur.</summary>
/// <remarks>A step of size k against it is x ← (1 − k) x + k blur(x).</remarks>
/// <param name="sigma">The blur's standard deviation in pixels, above 0.</param>
public sealed class BlurEnergy(double sigma) : Objective
{
    private readonly double sigma = Check.Positive(sigma);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [];

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        var unit = PictureUnits.Unit(pass.Pictures);
        return (unit - Gaussian.Blur(unit, sigma).detach()).square().flatten(1).sum(1) * 0.5;
    }

    /// <inheritdoc/>
    public override string ToString() => $"blur {sigma}";
}
