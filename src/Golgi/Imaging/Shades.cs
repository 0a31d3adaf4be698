using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Imaging;

/// <summary>Turns numbers into images that can be looked at.</summary>
public static class Shades
{
    private const double Tiny = 1e-12; // below this an image counts as constant

    /// <summary>Each image from its own least value (black) to its own greatest (white).</summary>
    /// <param name="images">Floating point [N, C, H, W]; a constant image becomes black.</param>
    /// <returns>float32 in [0, 1], the same shape; the caller owns it.</returns>
    public static Tensor Stretch(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = Check.Shape(images, "[N, C, H, W]").detach().to(ScalarType.Float32);
        var low = x.amin([1, 2, 3], keepdim: true);
        var range = x.amax([1, 2, 3], keepdim: true) - low;
        return ((x - low) / range.clamp_min(Tiny)).MoveToOuterDisposeScope();
    }

    /// <summary>Each image's differences from its own mean color, drawn about middle gray and enlarged until 99 % of them lie in the range:
    /// makes pale images visible, whose colors can then not be compared. What is not pale is left as strong as it is.</summary>
    /// <param name="images">Floating point in [0, 1], [N, C, H, W].</param>
    /// <returns>float32 in [0, 1], the same shape; the caller owns it.</returns>
    public static Tensor StretchAboutGray(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = Check.Shape(images, "[N, C, H, W]").detach().to(ScalarType.Float32);
        var differences = x - x.mean([2L, 3L], keepdim: true);
        long most = Math.Max(1, (long)(0.99 * differences[0].numel()));
        var reach = differences.abs().flatten(1).kthvalue(most, 1).values.reshape(-1, 1, 1, 1);
        return (0.5 + (differences * (0.5 / reach.clamp_min(Tiny)).clamp_min(1))).clamp(0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Signed values as colors: 0 white, positive red, negative blue, the greatest magnitude of all images
    /// darkest.</summary>
    /// <param name="images">Floating point [N, 1, H, W]: filters, saliency, differences.</param>
    /// <returns>float32 [N, 3, H, W] in [0, 1]; the caller owns it.</returns>
    public static Tensor Diverging(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = Check.Shape(images, "[N, 1, H, W]").detach().to(ScalarType.Float32);
        var signed = x / x.abs().max().clamp_min(Tiny);                      // [-1, 1]
        var positive = signed.clamp_min(0);
        var negative = (-signed).clamp_min(0);

        // Linear from white to the ends of a red-blue scale that is told apart with any color vision.
        Tensor Channel(double red, double blue) => 1 - (positive * (1 - red)) - (negative * (1 - blue));
        return cat([Channel(0.70, 0.13), Channel(0.09, 0.40), Channel(0.17, 0.67)], 1).MoveToOuterDisposeScope();
    }
}
