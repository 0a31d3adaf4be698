using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Operators that rearrange values and compute none.</summary>
internal static class Shapes
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
    [
        ("Concat", Concat),
        ("DepthToSpace", DepthToSpace),
        ("Expand", Expand),
        ("Flatten", Flatten),
        ("Identity", Identity),
        ("Reshape", Reshape),
        ("Slice", Slice),
        ("SpaceToDepth", SpaceToDepth),
        ("Split", Split),
        ("Squeeze", Squeeze),
        ("Tile", Tile),
        ("Transpose", Transpose),
        ("Trilu", Trilu),
        ("Unsqueeze", Unsqueeze),
    ];

    private static Kernel Identity(NodeSettings node)
    {
        node.Needs(1);
        return (inputs, _) => [inputs[0]!.alias()];
    }

    private static Kernel Concat(NodeSettings node)
    {
        node.Needs(Math.Max(1, node.InputCount));
        long axis = node.Integer("axis", 1);
        return (inputs, _) => [cat([.. inputs.Select(input => input!)], axis)];
    }

    private static Kernel Reshape(NodeSettings node)
    {
        node.Needs(2);
        bool zeroIsZero = node.Flag("allowzero");
        long[]? known = node.ConstantIntegers(1);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long[] target = [.. known ?? Read.Integers(inputs[1]!)];
            for (int i = 0; i < target.Length && !zeroIsZero; i++)
            {
                if (target[i] == 0) target[i] = i < x.dim() ? x.shape[i] : throw node.Bad($"copies size {i} of an input with {x.dim()} dimensions");
            }

            return [x.reshape(known is null ? target : AnyBatch(x, target))];
        };
    }

    // Exporters bake a batch of 1 into shapes. Where such a shape does not hold the values but one with the input's own
    // batch does, that is what was meant.
    private static long[] AnyBatch(Tensor x, long[] target)
    {
        if (target.Length == 0 || target[0] != 1 || x.dim() < 2 || x.shape[0] <= 1) return target;
        long rest = target.Skip(1).Where(size => size != -1).Aggregate(1L, (a, b) => a * b);
        bool open = target.Contains(-1);
        return open || (rest != x.numel() && rest * x.shape[0] == x.numel()) ? [x.shape[0], .. target[1..]] : target;
    }

    private static Kernel Flatten(NodeSettings node)
    {
        node.Needs(1);
        long axis = node.Integer("axis", 1);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            int start = Axis.Cut(axis, x.dim());
            long rows = x.shape.Take(start).Aggregate(1L, (a, b) => a * b);
            return [x.reshape(rows, x.shape.Skip(start).Aggregate(1L, (a, b) => a * b))];
        };
    }

    private static Kernel Transpose(NodeSettings node)
    {
        node.Needs(1);
        long[]? order = node.Integers("perm");
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            return [x.permute(order ?? [.. Enumerable.Range(0, (int)x.dim()).Reverse().Select(i => (long)i)]).contiguous()];
        };
    }

    private static Kernel Squeeze(NodeSettings node)
    {
        node.Needs(1);
        var axes = node.IntegersOrInput("axes", 1);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            if (axes(inputs) is not { } given) return [x.squeeze()];
            long[] gone = Axis.Of(given, x.dim());
            if (gone.Any(axis => x.shape[axis] != 1)) throw node.Bad($"removes axes [{string.Join(", ", gone)}] of [{string.Join(", ", x.shape)}]");
            return [x.reshape([.. x.shape.Where((_, i) => !gone.Contains(i))])];
        };
    }

    private static Kernel Unsqueeze(NodeSettings node)
    {
        node.Needs(1);
        var axes = node.IntegersOrInput("axes", 1);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long[] given = axes(inputs) ?? throw node.Bad("lacks its axes");
            long[] added = Axis.Of(given, x.dim() + given.Length);
            var shape = new List<long>(x.shape);
            foreach (long axis in added.Order()) shape.Insert((int)axis, 1);
            return [x.reshape([.. shape])];
        };
    }

    private static Kernel Split(NodeSettings node)
    {
        node.Needs(1);
        long chosen = node.Integer("axis", 0);
        var sizes = node.IntegersOrInput("split", 1);
        long parts = node.Integer("num_outputs", node.OutputCount);
        if (parts < 1) throw node.Bad($"makes {parts} parts");
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long axis = Axis.Of(chosen, x.dim()), whole = x.shape[axis];
            long each = (whole + parts - 1) / parts;
            long[] lengths = sizes(inputs) ?? [.. Enumerable.Range(0, (int)parts).Select(i => Math.Max(0, Math.Min(each, whole - (i * each))))];
            if (lengths.Any(length => length < 0) || lengths.Sum() != whole) throw node.Bad($"splits {whole} into [{string.Join(", ", lengths)}]");
            return x.split(lengths, axis).Select(Tensor? (part) => part.contiguous()).ToArray();
        };
    }

    private static Kernel Slice(NodeSettings node)
    {
        node.Needs(node.Version < 10 ? 1 : 3);
        var starts = node.IntegersOrInput("starts", 1);
        var ends = node.IntegersOrInput("ends", 2);
        var axes = node.IntegersOrInput("axes", 3);
        var steps = node.IntegersOrInput("steps", 4);
        return (inputs, _) =>
        {
            var x = inputs[0]!.alias();
            long[] from = starts(inputs) ?? throw node.Bad("lacks starts"), to = ends(inputs) ?? throw node.Bad("lacks ends");
            long[] over = Axis.Of(axes(inputs) ?? [.. Enumerable.Range(0, from.Length).Select(i => (long)i)], x.dim());
            long[] by = steps(inputs) ?? [.. Enumerable.Repeat(1L, from.Length)];
            if (to.Length != from.Length || over.Length != from.Length || by.Length != from.Length || by.Contains(0))
            {
                throw node.Bad($"has {from.Length} starts, {to.Length} ends, {over.Length} axes, steps [{string.Join(", ", by)}]");
            }

            for (int i = 0; i < from.Length; i++) x = Slice(x, over[i], from[i], to[i], by[i]);
            return [x.contiguous()];
        };
    }

    private static Tensor Slice(Tensor x, long axis, long start, long end, long step)
    {
        long size = x.shape[axis];
        long low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
        start = Math.Clamp(start < 0 ? start + size : start, step > 0 ? 0 : 0, step > 0 ? size : Math.Max(size - 1, 0));
        end = Math.Clamp(end < 0 ? Math.Max(end, -size - 1) + size : end, low, Math.Max(high, low));
        if (step > 0) return x.slice(axis, start, Math.Max(start, end), step);

        // torch knows no negative steps: take the same elements upwards, and turn them round.
        if (size == 0 || end >= start) return x.narrow(axis, 0, 0);
        long count = (start - end - 1) / -step;
        long first = start + (count * step);
        return x.slice(axis, first, start + 1, -step).flip(axis);
    }

    private static Kernel Expand(NodeSettings node)
    {
        node.Needs(2);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long[] target = Read.Integers(inputs[1]!), shape = x.shape;
            int rank = Math.Max(target.Length, shape.Length);
            long[] result = new long[rank];
            for (int i = 1; i <= rank; i++)
            {
                long a = i <= shape.Length ? shape[^i] : 1, b = i <= target.Length ? target[^i] : 1;
                result[^i] = a == 1 ? b : a;
            }

            return [x.expand(node.Reasonable(result)).contiguous()];
        };
    }

    private static Kernel Tile(NodeSettings node)
    {
        node.Needs(2);
        return (inputs, _) =>
        {
            long[] repeats = Read.Integers(inputs[1]!), shape = inputs[0]!.shape;
            if (repeats.Length != shape.Length) throw node.Bad($"repeats {shape.Length} dimensions by {repeats.Length} numbers");
            node.Reasonable([.. repeats.Zip(shape, (a, b) => checked(a * b))]);
            return [inputs[0]!.tile(repeats)];
        };
    }

    private static Kernel DepthToSpace(NodeSettings node)
    {
        long block = Block(node);
        bool columnFirst = node.Text("mode", "DCR") == "CRD";
        return (inputs, _) =>
        {
            long[] s = Images(node, inputs[0]!);
            if (s[1] % (block * block) != 0) throw node.Bad($"spreads {s[1]} channels over blocks of {block}");
            long depth = s[1] / (block * block);
            var y = columnFirst
                ? inputs[0]!.reshape(s[0], depth, block, block, s[2], s[3]).permute(0, 1, 4, 2, 5, 3)
                : inputs[0]!.reshape(s[0], block, block, depth, s[2], s[3]).permute(0, 3, 4, 1, 5, 2);
            return [y.reshape(s[0], depth, s[2] * block, s[3] * block)];
        };
    }

    private static Kernel SpaceToDepth(NodeSettings node)
    {
        long block = Block(node);
        return (inputs, _) =>
        {
            long[] s = Images(node, inputs[0]!);
            if (s[2] % block != 0 || s[3] % block != 0) throw node.Bad($"cuts {s[2]}×{s[3]} into blocks of {block}");
            var y = inputs[0]!.reshape(s[0], s[1], s[2] / block, block, s[3] / block, block).permute(0, 3, 5, 1, 2, 4);
            return [y.reshape(s[0], s[1] * block * block, s[2] / block, s[3] / block)];
        };
    }

    private static long Block(NodeSettings node)
    {
        node.Needs(1);
        long block = node.Integer("blocksize", 0);
        return block is >= 1 and <= 1 << 15 ? block : throw node.Bad($"has blocksize {block}");
    }

    private static long[] Images(NodeSettings node, Tensor x) =>
        x.dim() == 4 ? x.shape : throw node.Bad($"needs 4 dimensions, the input has {x.dim()}");

    private static Kernel Trilu(NodeSettings node)
    {
        node.Needs(1);
        bool upper = node.Flag("upper", true);
        return (inputs, _) =>
        {
            long diagonal = inputs.ElementAtOrDefault(1) is { } k ? Read.Integer(k) : 0;
            return [upper ? inputs[0]!.triu(diagonal) : inputs[0]!.tril(diagonal)];
        };
    }
}
