using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>A sum of pictures at 1, 1/2, 1/4 and 1/8 of the size, enlarged bilinearly, with decorrelated colors and a
/// sigmoid.</summary>
/// <remarks>The Laplacian pyramid parameterization of Olah et al. 2017: coarse levels move many pixels at once. The
/// levels lie
/// one after another in one vector per picture.</remarks>
public sealed class PyramidCanvas : Canvas
{
    private const double StartDeviation = 0.01;
    private const int MostLevels = 4, LeastSide = 2;
    private readonly CanvasShape shape;
    private readonly (long Height, long Width)[] levels;
    private readonly Tensor coordinates;     // [N, values of all levels]

    /// <summary>Begins with faint noise.</summary>
    /// <param name="shape">The pictures.</param>
    /// <param name="noise">The start; picture n reads stream n.</param>
    public PyramidCanvas(CanvasShape shape, Philox noise)
    {
        ArgumentNullException.ThrowIfNull(shape);
        this.shape = shape;
        levels = [.. Enumerable.Range(0, MostLevels).Select(k => (shape.Height >> k, shape.Width >> k))
            .Where((size, k) => k == 0 || Math.Min(size.Item1, size.Item2) >= LeastSide)];
        long values = levels.Sum(level => shape.Channels * level.Height * level.Width);
        coordinates = StartNoise.Draw([shape.Sizes[0], values], noise).mul_(StartDeviation).requires_grad_(true).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Coordinates => coordinates;

    /// <inheritdoc/>
    public override Tensor Render() => Squash.Forward(Sum());

    /// <summary>The finest level takes up what the others lack.</summary>
    /// <param name="pictures">Raw pixels, [N, C, H, W].</param>
    public override void Paint(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        coordinates.zero_();
        coordinates.narrow(1, 0, shape.Channels * shape.Height * shape.Width).copy_(
            Squash.Inverse(pictures.detach().to(ScalarType.Float32)).flatten(1));
    }

    /// <inheritdoc/>
    public override void Dispose() => coordinates.Dispose();

    private Tensor Sum()
    {
        long at = 0;
        Tensor? sum = null;
        foreach (var (height, width) in levels)
        {
            long values = shape.Channels * height * width;
            var level = coordinates.narrow(1, at, values).reshape(shape.Count, shape.Channels, height, width);
            at += values;
            sum = sum is null
                ? level
                : sum + nn.functional.interpolate(
                    level, [shape.Height, shape.Width], mode: InterpolationMode.Bilinear, align_corners: false);
        }

        return sum!;
    }
}
