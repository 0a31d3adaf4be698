using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>Fourier phases alone; the magnitudes are given, those of natural images.</summary>
/// <remarks>Fel et al. 2023 (MaCo): phases φ ~ N(0, 1), standardized in each picture; z = r (cos φ + i sin φ); the
/// real picture,
/// standardized; correlated colors; a sigmoid.</remarks>
public sealed class PhaseCanvas : Canvas
{
    private const double Tiny = 1e-6; // keeps the deviation of a constant defined
    private readonly CanvasShape shape;
    private readonly Tensor coordinates;     // phases, [N, C, H, W/2 + 1]
    private readonly Tensor magnitudes;      // [C, H, W/2 + 1]

    /// <summary>Begins with random phases.</summary>
    /// <param name="shape">The pictures.</param>
    /// <param name="magnitudes">|rfft2| of natural images, [C, H, W/2 + 1]; copied. See
    /// <see cref="Spectrum.Magnitudes"/>.</param>
    /// <param name="noise">The start; picture n reads stream n.</param>
    public PhaseCanvas(CanvasShape shape, Tensor magnitudes, Philox noise)
    {
        ArgumentNullException.ThrowIfNull(shape);
        this.shape = shape;
        Check.Shape(magnitudes, $"[{shape.Channels}, {shape.Height}, {(shape.Width / 2) + 1}]");
        this.magnitudes = magnitudes.detach().to(ScalarType.Float32).clone().DetachFromDisposeScope();
        coordinates = StartNoise.Draw([shape.Sizes[0], shape.Channels, shape.Height, (shape.Width / 2) + 1], noise)
            .requires_grad_(true).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Coordinates => coordinates;

    /// <inheritdoc/>
    public override Tensor Render() => Squash.Forward(Standardized(Plain()));

    /// <summary>Takes the phases of pictures; their magnitudes are not kept.</summary>
    /// <param name="pictures">Raw pixels, [N, C, H, W].</param>
    public override void Paint(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        coordinates.copy_(fft.rfft2(Squash.Inverse(pictures.detach().to(ScalarType.Float32))).angle());
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        coordinates.Dispose();
        magnitudes.Dispose();
    }

    /// <summary>The real picture before it is standardized: its magnitudes are the given ones.</summary>
    internal Tensor Plain()
    {
        var phase = Standardized(coordinates);
        return fft.irfft2(complex(magnitudes * phase.cos(), magnitudes * phase.sin()), [shape.Height, shape.Width]);
    }

    private static Tensor Standardized(Tensor x)
    {
        var centered = x - x.mean([1, 2, 3], keepdim: true);
        return centered / (centered.square().mean([1, 2, 3], keepdim: true) + Tiny).sqrt();
    }
}
