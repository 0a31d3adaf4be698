using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Padding by a constant, by reflection, by the edge, or around.</summary>
internal static class Padding
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table => [("Pad", Pad)];

    private static Kernel Pad(NodeSettings node)
    {
        node.Needs(node.Version < 11 ? 1 : 2);
        string mode = node.Text("mode", "constant");
        if (mode is not ("constant" or "reflect" or "edge" or "wrap")) throw node.Bad($"pads by '{mode}'");
        var pads = node.IntegersOrInput("pads", 1);
        double old = node.Float("value", 0);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long[] amounts = pads(inputs) ?? throw node.Bad("lacks its pads");
            long[] axes = inputs.ElementAtOrDefault(3) is { } given
                ? Axis.Of(Read.Integers(given), x.dim())
                : [.. Enumerable.Range(0, (int)x.dim()).Select(i => (long)i)];
            if (amounts.Length != 2 * axes.Length) throw node.Bad($"has {amounts.Length} pads for {axes.Length} axes");
            double value = inputs.ElementAtOrDefault(2) is { } constant ? Read.Double(constant) : old;
            long[] shape = x.shape;
            for (int i = 0; i < axes.Length; i++) shape[axes[i]] = checked(shape[axes[i]] + amounts[i] + amounts[axes.Length + i]);
            node.Reasonable(shape);
            var y = x.alias();
            for (int i = 0; i < axes.Length; i++) y = OneAxis(node, y, axes[i], amounts[i], amounts[axes.Length + i], mode, value);
            return [y];
        };
    }

    private static Tensor OneAxis(NodeSettings node, Tensor x, long axis, long before, long after, string mode, double value)
    {
        if (before == 0 && after == 0) return x;
        long size = x.shape[axis];
        var parts = new List<Tensor>();
        if (mode == "constant")
        {
            long start = Math.Max(0, -before), length = size - start - Math.Max(0, -after);
            Tensor Block(long count)
            {
                long[] shape = x.shape;
                shape[axis] = count;
                return full(shape, value, x.dtype, x.device);
            }

            if (before > 0) parts.Add(Block(before));
            parts.Add(x.narrow(axis, start, Math.Max(0, length)));
            if (after > 0) parts.Add(Block(after));
            return cat(parts, axis);
        }

        if (size == 0) throw node.Bad($"pads an empty dimension by '{mode}'");
        long[] places = [.. Enumerable.Range(0, (int)(size + before + after)).Select(i => Source(i - before, size, mode))];
        return x.index_select(axis, tensor(places, ScalarType.Int64));
    }

    private static long Source(long place, long size, string mode)
    {
        switch (mode)
        {
            case "edge": return Math.Clamp(place, 0, size - 1);
            case "wrap": return ((place % size) + size) % size;
            default:
                if (size == 1) return 0;
                long period = 2 * (size - 1), within = ((place % period) + period) % period;
                return within < size ? within : period - within;
        }
    }
}
