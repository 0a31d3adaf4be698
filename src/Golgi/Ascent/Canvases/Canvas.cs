using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>What is varied: coordinates from which a batch of pictures is made. Each picture has its own.</summary>
public abstract class Canvas : IDisposable
{
    /// <summary>What an optimizer sees: a leaf that requires gradients, [N, ...]. Owned by this object; change it in
    /// place.</summary>
    public abstract Tensor Coordinates { get; }

    /// <summary>The pictures.</summary>
    /// <returns>Raw pixels, [N, C, H, W]; differentiable with respect to <see cref="Coordinates"/>.</returns>
    public abstract Tensor Render();

    /// <summary>Sets the coordinates such that <see cref="Render"/> gives, as nearly as the canvas can, these
    /// pictures.</summary>
    /// <param name="pictures">Raw pixels (0 to 255), [N, C, H, W].</param>
    public abstract void Paint(Tensor pictures);

    /// <inheritdoc/>
    public abstract void Dispose();
}
