using Golgi.Foundation;
using Golgi.Numerics.Random;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>Fourier coefficients, each scaled by 1 / frequency, with decorrelated colors and a sigmoid: a step then
/// moves all
/// frequencies alike, where natural images have them.</summary>
/// <remarks>Olah et al. 2017: x = irfft2(s · (re + i im)) / 4 with s = √(H W) / max(f, 1 / max(H, W)), started from
/// re, im of
/// standard deviation 0.01. A preconditioner: it moves no optimum, only the path. Written with the orthonormal
/// transform, so
/// that √(H W) cancels.</remarks>
public sealed class FourierCanvas : Canvas
{
    private const double StartDeviation = 0.01;
    private const double Contrast = 0.25;    // keeps the start away from the sigmoid's ends
    private readonly CanvasShape shape;
    private readonly Tensor coordinates;     // [N, C, H, W/2 + 1, 2]: real and imaginary parts, as complex numbers lie in memory
    private readonly Tensor scale;           // [H, W/2 + 1, 2]

    /// <summary>Begins with faint noise.</summary>
    /// <param name="shape">The pictures.</param>
    /// <param name="noise">The start; picture n reads stream n.</param>
    /// <param name="decay">The power of 1 / frequency. Default 1.</param>
    public FourierCanvas(CanvasShape shape, Philox noise, double decay = 1)
    {
        ArgumentNullException.ThrowIfNull(shape);
        this.shape = shape;
        Check.NotNegative(decay);
        long columns = (shape.Width / 2) + 1;
        using var scope = NewDisposeScope();
        coordinates = StartNoise.Draw([shape.Sizes[0], 2, shape.Channels, shape.Height, columns], noise)
            .movedim([1], [-1]).contiguous().mul_(StartDeviation).requires_grad_(true).DetachFromDisposeScope();
        // Written out for both parts: a product that repeats its innermost values takes twice as long.
        scale = Scale(shape.Height, shape.Width, decay).unsqueeze(-1).repeat(1, 1, 2).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Coordinates => coordinates;

    /// <inheritdoc/>
    public override Tensor Render()
    {
        var spectrum = (coordinates * scale).view_as_complex();              // [N, C, H, W/2 + 1]
        var values = fft.irfft2(spectrum, [shape.Height, shape.Width], norm: FFTNormType.Ortho);
        return Squash.Forward(values);
    }

    /// <inheritdoc/>
    public override void Paint(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var spectrum = fft.rfft2(Squash.Inverse(pictures.detach().to(ScalarType.Float32)), norm: FFTNormType.Ortho);
        coordinates.copy_(spectrum.view_as_real() / scale);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        coordinates.Dispose();
        scale.Dispose();
    }

    /// <summary>¼ / max(f, 1 / max(H, W))^decay, with f in cycles per pixel, [H, W/2 + 1].</summary>
    internal static Tensor Scale(long height, long width, double decay)
    {
        using var scope = NewDisposeScope();
        var rows = fft.fftfreq(height).unsqueeze(1);
        var columns = fft.rfftfreq(width).unsqueeze(0);
        var frequency = (rows.square() + columns.square()).sqrt().clamp_min(1.0 / Math.Max(height, width));
        return (Contrast / frequency.pow(decay)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
