using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>Total variation of the pictures, an energy: isotropic Σ (dx² + dy²)^(β/2), anisotropic Σ |dx| + |dy|, over
/// channels
/// and pixels, in the unit range.</summary>
/// <remarks>Mahendran and Vedaldi 2015 (β = 2); Rudin, Osher and Fatemi 1992 (β = 1). Differences are forward and end
/// at the
/// border: the last row and the last column have none beyond. Below β = 2 the root is smoothed by 10⁻⁸, so that flat
/// regions have a gradient.</remarks>
public sealed class TotalVariation : Objective
{
    private const double Smoothing = 1e-8; // in squared unit-range differences: 1/25 of a gray level
    private readonly TotalVariationKind kind;
    private readonly double beta;

    /// <summary>States the energy.</summary>
    /// <param name="kind">How differences are joined.</param>
    /// <param name="beta">β of the isotropic form: 2 smooth, 1 sharp edges.</param>
    public TotalVariation(TotalVariationKind kind = TotalVariationKind.Isotropic, double beta = 2)
    {
        this.kind = kind;
        this.beta = Check.Positive(beta);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [];

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass) => Of(PictureUnits.Unit(pass.Pictures));

    /// <inheritdoc/>
    public override string ToString() => kind == TotalVariationKind.Isotropic ? $"TV^{beta}" : "TV anisotropic";

    /// <summary>The energy of each picture, [N].</summary>
    /// <param name="pictures">[N, C, H, W].</param>
    internal Tensor Of(Tensor pictures)
    {
        var across = pictures.diff(dim: 3);                                  // [N, C, H, W-1]
        var down = pictures.diff(dim: 2);                                    // [N, C, H-1, W]
        if (kind == TotalVariationKind.Anisotropic) return across.abs().flatten(1).sum(1) + down.abs().flatten(1).sum(1);
        var squared = nn.functional.pad(across.square(), [0, 1, 0, 0]) + nn.functional.pad(down.square(), [0, 0, 0, 1]);
        return (beta == 2 ? squared : (squared + Smoothing).pow(beta / 2)).flatten(1).sum(1);
    }
}
