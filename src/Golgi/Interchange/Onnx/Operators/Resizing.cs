using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Resize and Upsample, axis by axis: each axis is one matrix of interpolation weights, built from the operator's definition.</summary>
internal static class Resizing
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table => [("Resize", Resize), ("Upsample", Upsample)];

    private static Kernel Upsample(NodeSettings node)
    {
        node.Needs(1);
        double[]? fixedScales = node.Floats("scales");
        var settings = new ResizeSettings(Mode(node, node.Text("mode", "nearest")), "asymmetric", "floor", -0.75, false, 0, false);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            double[] scales = fixedScales ?? (inputs.ElementAtOrDefault(1) is { } given ? Read.Doubles(given) : throw node.Bad("lacks its scales"));
            if (scales.Length != x.dim()) throw node.Bad($"has {scales.Length} scales for {x.dim()} dimensions");
            long[] sizes = [.. x.shape.Zip(scales, (size, scale) => (long)Math.Floor(size * scale))];
            return [Apply(node, x, [.. Enumerable.Range(0, (int)x.dim())], sizes, scales, null, settings)];
        };
    }

    private static Kernel Resize(NodeSettings node)
    {
        node.Needs(1);
        bool old = node.Version < 11;
        var settings = new ResizeSettings(
            Mode(node, node.Text("mode", "nearest")),
            old ? "asymmetric" : node.Text("coordinate_transformation_mode", "half_pixel"),
            old ? "floor" : node.Text("nearest_mode", "round_prefer_floor"),
            node.Float("cubic_coeff_a", -0.75),
            node.Flag("exclude_outside"),
            node.Float("extrapolation_value", 0),
            node.Flag("antialias"));
        string policy = node.Text("keep_aspect_ratio_policy", "stretch");
        long[]? chosen = node.Integers("axes");
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            int rank = (int)x.dim();
            int[] axes = chosen is null ? [.. Enumerable.Range(0, rank)] : [.. Axis.Of(chosen, rank).Select(axis => (int)axis)];
            var scaleInput = inputs.ElementAtOrDefault(old ? 1 : 2);
            double[] scales = scaleInput is null ? [] : Read.Doubles(scaleInput);
            long[] wanted = inputs.ElementAtOrDefault(3) is { } sizes ? Read.Integers(sizes) : [];
            if ((scales.Length == 0) == (wanted.Length == 0) || Math.Max(scales.Length, wanted.Length) != axes.Length)
            {
                throw node.Bad($"has {scales.Length} scales and {wanted.Length} sizes for {axes.Length} axes; it needs one of both");
            }

            long[] input = [.. axes.Select(axis => x.shape[axis])];
            var (outputs, factors) = scales.Length > 0
                ? ([.. input.Zip(scales, (size, scale) => (long)Math.Floor(size * scale))], scales)
                : Fit(input, wanted, policy);
            double[]? region = inputs.ElementAtOrDefault(1) is { } roi && !old && settings.Transform == "tf_crop_and_resize"
                ? Read.Doubles(roi)
                : null;
            return [Apply(node, x, axes, outputs, factors, region, settings)];
        };
    }

    private static (long[] Sizes, double[] Scales) Fit(long[] input, long[] wanted, string policy)
    {
        double[] scales = [.. wanted.Zip(input, (to, from) => (double)to / from)];
        if (policy == "stretch") return (wanted, scales);
        double scale = policy == "not_larger" ? scales.Min() : scales.Max();
        return ([.. input.Select(size => (long)Math.Floor((scale * size) + 0.5))], [.. scales.Select(_ => scale)]);
    }

    private static string Mode(NodeSettings node, string mode) => mode switch
    {
        "nearest" or "linear" or "cubic" => mode,
        "bilinear" => "linear",
        _ => throw node.Bad($"resizes by '{mode}', not nearest, linear or cubic"),
    };

    private static Tensor Apply(
        NodeSettings node, Tensor x, int[] axes, long[] sizes, double[] scales, double[]? region, ResizeSettings settings)
    {
        long[] shape = x.shape;
        for (int i = 0; i < axes.Length; i++) shape[axes[i]] = sizes[i];
        node.Reasonable(shape);
        if (scales.Any(scale => !(scale > 0)) || sizes.Any(size => size > 1 << 20))
        {
            throw node.Bad($"scales by [{string.Join(", ", scales)}] to [{string.Join(", ", sizes)}]");
        }
        var type = x.dtype;
        var y = x.is_floating_point() || settings.Mode == "nearest" ? x.alias() : x.to(ScalarType.Float32);
        var outside = new List<(int Axis, bool[] Places)>();
        for (int i = 0; i < axes.Length; i++)
        {
            long from = x.shape[axes[i]];
            (double Start, double End)? part = region is null ? null : (region[i], region[axes.Length + i]);
            if (from == sizes[i] && scales[i] == 1 && part is null or (0, 1)) continue;
            var axis = new ResizeAxis(from, sizes[i], scales[i], part, settings);
            y = axis.Apply(y, axes[i]);
            if (part is not null) outside.Add((axes[i], axis.Outside()));
        }

        foreach (var (axis, places) in outside)
        {
            if (!places.Contains(true)) continue;
            long[] broadcast = [.. Enumerable.Range(0, (int)x.dim()).Select(i => i == axis ? -1L : 1L)];
            y = y.masked_fill(tensor(places).reshape(broadcast), settings.Extrapolation);
        }

        return y.dtype == type ? y : y.round().to(type);
    }
}
