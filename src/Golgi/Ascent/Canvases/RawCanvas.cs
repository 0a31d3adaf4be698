using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>Plain pixels, as differences from the mean picture: coordinates are raw − mean, without bounds.</summary>
/// <remarks>May be larger than what is worked on: <see cref="Focus"/> takes a window out, <see cref="Commit"/> puts it
/// back.</remarks>
public sealed class RawCanvas : Canvas
{
    private readonly Tensor mean;            // [1, C, 1, 1]
    private Tensor whole;                    // [N, C, H, W], raw − mean
    private Tensor window;
    private readonly long firstHeight, firstWidth;
    private double scale = 1;
    private long top, left;

    /// <summary>Begins with the mean picture.</summary>
    /// <param name="shape">The pictures.</param>
    /// <param name="mean">The mean picture's raw level: one per channel, or one for all.</param>
    public RawCanvas(CanvasShape shape, IReadOnlyList<double> mean)
    {
        ArgumentNullException.ThrowIfNull(shape);
        this.mean = tensor([.. mean], ScalarType.Float32).view(1, -1, 1, 1).DetachFromDisposeScope();
        (firstHeight, firstWidth) = (shape.Height, shape.Width);
        whole = zeros(shape.Sizes).DetachFromDisposeScope();
        window = Leaf(whole);
    }

    /// <summary>The window's coordinates; see <see cref="Focus"/>.</summary>
    public override Tensor Coordinates => window;

    /// <summary>The mean picture's raw level, [1, C, 1, 1].</summary>
    public Tensor Mean => mean;

    /// <summary>The height and width of the whole canvas.</summary>
    public (long Height, long Width) Size => (whole.shape[2], whole.shape[3]);

    /// <inheritdoc/>
    public override Tensor Render() => window + mean;

    /// <summary>The whole canvas as last committed, raw pixels, [N, C, H, W]; the caller owns it.</summary>
    public Tensor RenderWhole() => whole + mean;

    /// <inheritdoc/>
    public override void Paint(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var painted = pictures.detach().to(ScalarType.Float32) - mean;
        Replace(ref whole, painted.clone());
        Focus(0, 0, whole.shape[2], whole.shape[3]);
    }

    /// <summary>Works on a window of the canvas from now on.</summary>
    public void Focus(long top, long left, long height, long width)
    {
        (this.top, this.left) = (top, left);
        using var region = whole.narrow(2, top, height).narrow(3, left, width);
        Replace(ref window, Leaf(region));
    }

    /// <summary>Puts the window back into the canvas.</summary>
    public void Commit()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        whole.narrow(2, top, window.shape[2]).narrow(3, left, window.shape[3]).copy_(window);
    }

    /// <summary>Enlarges the canvas, bicubic, and works on all of it. Sizes follow from the first one and the product
    /// of all
    /// factors, so that rounding does not add up.</summary>
    /// <param name="factor">Above 0; 1 leaves it as it is.</param>
    public void Enlarge(double factor)
    {
        scale *= factor;
        long height = Math.Max(1, (long)Math.Round(firstHeight * scale));
        long width = Math.Max(1, (long)Math.Round(firstWidth * scale));
        if (height != whole.shape[2] || width != whole.shape[3])
        {
            using var _ = no_grad();
            Replace(ref whole, nn.functional.interpolate(whole, [height, width], mode: InterpolationMode.Bicubic, align_corners: false));
        }

        Focus(0, 0, height, width);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        mean.Dispose();
        whole.Dispose();
        window.Dispose();
    }

    private static Tensor Leaf(Tensor values)
    {
        using var _ = no_grad();
        return values.detach().clone().requires_grad_(true).DetachFromDisposeScope();
    }

    private static void Replace(ref Tensor field, Tensor value)
    {
        var old = field;
        field = value.DetachFromDisposeScope();
        old.Dispose();
    }
}
