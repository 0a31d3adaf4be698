using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Transforms;

/// <summary>A transform that moves, scales or turns. Several in a row are joined and sample the picture once, so that
/// they blur it
/// once; what lies outside shows as middle gray.</summary>
public abstract class Placement : Transform
{
    private const double Gray = 127.5;

    /// <inheritdoc/>
    public sealed override Tensor Apply(Tensor pictures, PhiloxReader random, double fraction = 0)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(random);
        return Sample(pictures, Draw(random));
    }

    /// <summary>Draws a change of view.</summary>
    internal abstract Affine Draw(PhiloxReader random);

    /// <summary>Shows pictures through a change of view, bilinear, in their own size.</summary>
    internal static Tensor Sample(Tensor pictures, Affine view) =>
        Sample(pictures, view, pictures.shape[2], pictures.shape[3]);

    /// <summary>The same in another size: a pixel of the view stays a pixel of the picture.</summary>
    internal static Tensor Sample(Tensor pictures, Affine view, long height, long width)
    {
        double rows = pictures.shape[2], columns = pictures.shape[3];
        double[] theta =
        [
            view.XX * width / columns, view.XY * height / columns, 2 * view.X / columns,
            view.YX * width / rows, view.YY * height / rows, 2 * view.Y / rows,
        ];
        var matrix = tensor(theta, pictures.dtype, pictures.device).view(1, 2, 3);
        var grid = nn.functional.affine_grid(matrix, [1, 1, height, width], align_corners: false);
        // All pictures are seen alike: as channels of one, they share the arithmetic of the places.
        var planes = (pictures - Gray).flatten(0, 1).unsqueeze(0);           // [1, N · C, H, W]
        var sampled = nn.functional.grid_sample(
            planes, grid, mode: GridSampleMode.Bilinear, padding_mode: GridSamplePaddingMode.Zeros, align_corners: false);
        return sampled.add_(Gray).view(pictures.shape[0], pictures.shape[1], height, width);
    }
}
