using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>Pixels behind a sigmoid, with decorrelated colors: raw = 255 σ(M t).</summary>
/// <remarks>Olah et al. 2017, without the Fourier basis. Starts from noise of standard deviation 0.01.</remarks>
public sealed class SigmoidCanvas : Canvas
{
    private const double StartDeviation = 0.01;
    private readonly Tensor coordinates;

    /// <summary>Begins with faint noise.</summary>
    /// <param name="shape">The pictures.</param>
    /// <param name="noise">The start; picture n reads stream n.</param>
    public SigmoidCanvas(CanvasShape shape, Philox noise)
    {
        ArgumentNullException.ThrowIfNull(shape);
        coordinates =
            StartNoise.Draw(shape.Sizes, noise).mul_(StartDeviation).requires_grad_(true).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Coordinates => coordinates;

    /// <inheritdoc/>
    public override Tensor Render() => Squash.Forward(coordinates);

    /// <inheritdoc/>
    public override void Paint(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        coordinates.copy_(Squash.Inverse(pictures));
    }

    /// <inheritdoc/>
    public override void Dispose() => coordinates.Dispose();
}
