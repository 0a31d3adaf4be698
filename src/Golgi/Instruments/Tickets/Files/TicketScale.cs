using Golgi.Tensors;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Files;

/// <summary>What a learned mask does to a weight beside keeping it: one factor per layer, and a sign.</summary>
internal static class TicketScale
{
    /// <summary>The weights under the mask: as the seed gives them, or their signed constants.</summary>
    public static Tensor Under(WeightVector weights, Tensor origin, IReadOnlyList<Segment> layers, TicketWeights kind)
    {
        var under = origin.clone();
        if (kind != TicketWeights.SignedConstant) return under;
        using var own = weights.Values.clone();
        weights.Values.copy_(origin);
        SignedConstants.Fill(weights, new MaskScope { Only = [.. layers.Select(layer => layer.Name)], KernelsOnly = false });
        under.copy_(weights.Values);
        weights.Values.copy_(own);
        return under;
    }

    /// <summary>The tensors <c>scale</c> and, where a sign differs, <c>LAYER.inverted</c>.</summary>
    public static IEnumerable<(string Name, Tensor Value)> Describe(WeightVector weights, Mask mask, Tensor under)
    {
        var scales = new List<Tensor>();
        var signs = new List<(string, Tensor)>();
        foreach (var layer in mask.Layers)
        {
            var kept = WeightVector.Window(mask.Kept, layer);
            var theta = WeightVector.Window(weights.Values, layer).masked_select(kept).to(ScalarType.Float64);
            var origin = WeightVector.Window(under, layer).masked_select(kept).to(ScalarType.Float64);
            scales.Add(theta.abs().sum() / origin.abs().sum().clamp_min(double.Epsilon));
            var inverted = WeightVector.Window(weights.Values, layer).sign().ne(WeightVector.Window(under, layer).sign()).logical_and(kept);
            signs.Add((layer.Name + ".inverted", tensor(MaskSelection.Pack(inverted.to(ScalarType.Byte).cpu().contiguous().bytes), ScalarType.Byte)));
        }

        yield return ("scale", stack([.. scales]).cpu());
        if (signs.All(sign => !sign.Item2.ne(0).any().item<bool>())) yield break;
        foreach (var sign in signs) yield return sign;
    }

    /// <summary>Multiplies the weights by mask, scale and sign, in place.</summary>
    public static void Apply(WeightVector weights, Mask mask, NamedTensors file)
    {
        double[] scales = file["scale"].data<double>().ToArray();
        weights.Values.mul_(mask.Kept);
        foreach (var (layer, scale) in mask.Layers.Zip(scales))
        {
            var window = WeightVector.Window(weights.Values, layer).mul_(scale);
            if (!file.TryGet(layer.Name + ".inverted", out var packed)) continue;
            window.index_copy_(0, Set(packed, layer), window.index_select(0, Set(packed, layer)).neg());
        }
    }

    private static Tensor Set(Tensor packed, Segment layer) => tensor(MaskSelection.Unpack(packed.bytes.ToArray(), layer.Length));
}
