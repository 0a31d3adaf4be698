using Golgi.Ascent.Priors;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>Plain pixels, as differences from the mean picture: coordinates are raw − mean, without bounds.</summary>
/// <remarks>May grow between phases, and may be larger than what is worked on: <see cref="Focus"/> takes a window out, and what was changed in
/// it is put back when the next one is taken.</remarks>
public sealed class RawCanvas : Canvas
{
    private readonly Tensor mean;            // [1, C, 1, 1]
    private Tensor whole;                    // [N, C, H, W], raw − mean, without what was last changed in the window
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

    /// <summary>The whole canvas, raw pixels, [N, C, H, W]; the caller owns it.</summary>
    public Tensor RenderWhole()
    {
        Commit();
        return whole + mean;
    }

    /// <inheritdoc/>
    public override void Paint(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var painted = pictures.detach().to(ScalarType.Float32) - mean;
        Replace(ref whole, painted.clone());
        Take(0, 0, whole.shape[2], whole.shape[3]);
    }

    /// <summary>Works on a window of the canvas from now on.</summary>
    public void Focus(long top, long left, long height, long width)
    {
        Commit();
        Take(top, left, height, width);
    }

    /// <summary>Enlarges the canvas, bicubic, and works on all of it. Sizes follow from the first one and the product
    /// of all
    /// factors, so that rounding does not add up.</summary>
    /// <param name="factor">Above 0; 1 leaves it as it is.</param>
    public void Enlarge(double factor)
    {
        Commit();
        scale *= factor;
        long height = Math.Max(1, (long)Math.Round(firstHeight * scale));
        long width = Math.Max(1, (long)Math.Round(firstWidth * scale));
        if (height != whole.shape[2] || width != whole.shape[3])
        {
            using var _ = no_grad();
            Replace(ref whole, nn.functional.interpolate(whole, [height, width], mode: InterpolationMode.Bicubic, align_corners: false));
        }

        Take(0, 0, height, width);
    }

    /// <summary>Pixels can do all that a phase may ask for.</summary>
    public override void Accept(AscentPhase phase)
    {
    }

    /// <summary>Grows by the phase's factor.</summary>
    public override void BeginPhase(AscentPhase phase)
    {
        ArgumentNullException.ThrowIfNull(phase);
        Enlarge(phase.Enlarge);
    }

    /// <summary>Puts the window somewhere near the canvas's center.</summary>
    public override void BeginStep(AscentPhase phase, (long Height, long Width)? window, PhiloxReader random)
    {
        ArgumentNullException.ThrowIfNull(phase);
        ArgumentNullException.ThrowIfNull(random);
        if (window is not { } seen || Size == seen) return;
        var (height, width) = Size;
        Focus(Offset(height, seen.Height), Offset(width, seen.Width), Math.Min(seen.Height, height), Math.Min(seen.Width, width));

        long Offset(long whole, long part)
        {
            double room = Math.Max(0, whole - part);
            return (long)Math.Clamp(Math.Floor((room / 2) + (room * phase.Spread * random.NextNormal())), 0, room);
        }
    }

    /// <summary>The gradient of the window without its margin.</summary>
    public override Tensor Bounded(AscentPhase phase, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(phase);
        ArgumentNullException.ThrowIfNull(gradient);
        if (phase.Margin == 0) return gradient;
        long height = gradient.shape[2], width = gradient.shape[3], rows = (long)(height * phase.Margin), columns = (long)(width * phase.Margin);
        var mask = zeros(height, width, dtype: gradient.dtype);
        mask.narrow(0, rows, height - (2 * rows)).narrow(1, columns, width - (2 * columns)).fill_(1);
        return gradient * mask;
    }

    /// <summary>Applies the phase's operators, in order.</summary>
    public override void EndStep(AscentPhase phase, int index, Tensor update)
    {
        ArgumentNullException.ThrowIfNull(phase);
        if (phase.Operators.Count == 0) return;
        var step = new OperatorStep(index, phase.Steps, update, mean);
        window.copy_(phase.Operators.Aggregate(window, (pixels, change) => change.Apply(pixels, step)));
    }

    /// <summary>Shows the whole canvas.</summary>
    public override void End() => Focus(0, 0, whole.shape[2], whole.shape[3]);

    /// <inheritdoc/>
    public override void Dispose()
    {
        mean.Dispose();
        whole.Dispose();
        window.Dispose();
    }

    private void Take(long top, long left, long height, long width)
    {
        (this.top, this.left) = (top, left);
        using var region = whole.narrow(2, top, height).narrow(3, left, width);
        Replace(ref window, Leaf(region));
    }

    /// <summary>Puts the window back into the canvas.</summary>
    private void Commit()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        whole.narrow(2, top, window.shape[2]).narrow(3, left, window.shape[3]).copy_(window);
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
