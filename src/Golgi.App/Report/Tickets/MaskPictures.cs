using Golgi.App.Report.Plots;
using Golgi.Imaging;
using Golgi.Numerics.Random;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.App.Report.Tickets;

/// <summary>Masks and weights as pictures.</summary>
internal static class MaskPictures
{
    private const int Side = 96;

    /// <summary>The mask that keeps the largest tenth of each layer's weights.</summary>
    /// <returns>The caller owns it.</returns>
    public static Mask Tenth(WeightVector weights)
    {
        using var all = new Mask(weights);
        return all.KeepLargest(weights.Values.abs(), [.. all.Layers.Select(layer => Math.Max(1, layer.Length / 10))], new Philox(0));
    }

    /// <summary>How often each pixel is read by the kept weights of the first layer; null where that layer does not look at pixels.</summary>
    public static PictureFigure? Inputs(Mask mask, IReadOnlyList<long> inputShape)
    {
        using var scope = NewDisposeScope();
        var layer = mask.Layers[0];
        long pixels = inputShape.Aggregate(1L, (product, side) => product * side);
        if (inputShape.Count != 3 || layer.Shape.Count != 2 || layer.Shape[1] != pixels) return null;
        var read = WeightVector.View(mask.Kept, layer).to(ScalarType.Float32).sum([0L]).view([.. inputShape]).sum(0, keepdim: true);
        return Figure(1 - (read / read.max().clamp_min(1)), "Pixels that the kept weights read", 8);
    }

    /// <summary>The mask of a matrix: a row for each of its outputs, black where a weight is kept; null where the layer is no matrix.</summary>
    public static PictureFigure? Matrix(Mask mask, int layer)
    {
        using var scope = NewDisposeScope();
        var segment = mask.Layers[layer];
        if (segment.Shape.Count != 2) return null;
        var kept = WeightVector.View(mask.Kept, segment).logical_not().to(ScalarType.Float32).unsqueeze(0);
        return Figure(kept, $"Kept weights of {segment.Name}", segment.Shape[0] < 100 ? 4 : 1);
    }

    /// <summary>One layer's weights in the plane of their values before (across) and after training (up), darker where there are more; tinted where
    /// the mask keeps them.</summary>
    /// <param name="before">Weights before training, [D].</param>
    /// <param name="after">And after, [D].</param>
    /// <param name="mask">What is kept of them.</param>
    /// <param name="layer">Which of the mask's layers is shown.</param>
    public static PictureFigure Plane(Tensor before, Tensor after, Mask mask, int layer)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var segment = mask.Layers[layer];
        Tensor Values(Tensor vector) => WeightVector.Window(vector, segment).cpu().to(ScalarType.Float32);
        Tensor first = Values(before), last = Values(after);
        float span = Math.Max(first.abs().max().item<float>(), last.abs().max().item<float>());
        Tensor Bin(Tensor values) => ((values / span + 1) * 0.5 * (Side - 1)).round().to(ScalarType.Int64);
        var places = ((Side - 1 - Bin(last)) * Side) + Bin(first);                         // up is positive
        Tensor Count(Tensor of) => zeros(Side * Side, ScalarType.Float32).scatter_add_(0, places, of).view(Side, Side);
        var counts = Count(ones_like(first));
        var kept = Count(Values(mask.Kept)) / counts.clamp_min(1);                         // share of the weights in a bin that stay
        var ink = 1 - (0.25 * counts.gt(0).to(ScalarType.Float32)) - (0.75 * counts.log1p() / counts.max().log1p());
        return Figure(stack([ink * (1 - (0.35 * kept)), ink, ink * (1 - (0.5 * kept))]), $"{segment.Name} before and after training", 4);
    }

    private static PictureFigure Figure(Tensor image, string title, double scale) => new()
    {
        Title = title,
        Png = Picture.EncodePng(image.cpu()),
        PixelWidth = (int)image.shape[2],
        PixelHeight = (int)image.shape[1],
        Scale = scale,
    };
}
