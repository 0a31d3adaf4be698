using Golgi.App.Report.Plots;
using Golgi.Data;
using Golgi.Numerics;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.App.Report.Tickets;

/// <summary>Masks and weights as pictures.</summary>
internal static class MaskPictures
{
    private const int Side = 96;

    /// <summary>How often each pixel is read by the largest tenth of the first layer's weights; null where that layer does not look at pixels.</summary>
    public static PictureFigure? Inputs(WeightVector weights, IReadOnlyList<long> inputShape)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var mask = Tenth(weights);
        var layer = mask.Layers[0];
        long pixels = inputShape.Aggregate(1L, (product, side) => product * side);
        if (layer.Shape.Count != 2 || layer.Shape[1] != pixels) return null;
        var read = WeightVector.View(mask.Kept, layer).to(ScalarType.Float32).sum([0L]).view([.. inputShape]).sum(0, keepdim: true);
        return Figure(1 - (read / read.max()), "Pixels that the kept weights read", 8);
    }

    /// <summary>The first layer's weights in the plane of their values before and after training, with the kept region shaded.</summary>
    /// <param name="first">The weights before training, [D].</param>
    /// <param name="layer">Which layer is shown.</param>
    public static PictureFigure Plane(WeightVector weights, Tensor first, out string layer)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var mask = Tenth(weights);
        var segment = mask.Layers[0];
        layer = segment.Name;
        var before = WeightVector.Window(first, segment).cpu().to(ScalarType.Float32);
        var after = WeightVector.Window(weights.Values, segment).cpu().to(ScalarType.Float32);
        float threshold = after.abs().masked_select(WeightVector.Window(mask.Kept, segment).cpu()).min().item<float>();
        float span = Math.Max(before.abs().max().item<float>(), after.abs().max().item<float>());
        Tensor Bin(Tensor values) => ((values / span + 1) * 0.5 * (Side - 1)).round().to(ScalarType.Int64);
        var places = ((Side - 1 - Bin(after)) * Side) + Bin(before);                       // up is positive
        var counts = zeros(Side * Side, ScalarType.Float32).scatter_add_(0, places, ones_like(before)).view(Side, Side);
        var ink = 1 - (counts.log1p() / counts.max().log1p());                             // [Side, Side], 1: none
        var rows = (1 - (2 * arange(Side, ScalarType.Float32) / (Side - 1))) * span;
        var kept = rows.abs().ge(threshold).to(ScalarType.Float32).unsqueeze(1).expand(Side, Side);
        return Figure(stack([ink * (1 - (0.25 * kept)), ink * (1 - (0.1 * kept)), ink]), "Weights before and after training", 4);
    }

    private static Mask Tenth(WeightVector weights)
    {
        using var all = new Mask(weights);
        return all.KeepLargest(weights.Values.abs(), [.. all.Layers.Select(layer => Math.Max(1, layer.Length / 10))], new Philox(0));
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
