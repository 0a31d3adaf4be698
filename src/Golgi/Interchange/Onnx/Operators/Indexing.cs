using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Reading and writing at places that other tensors name.</summary>
internal static class Indexing
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
    [
        ("Compress", Compress),
        ("Gather", Gather),
        ("GatherElements", GatherElements),
        ("GatherND", GatherNd),
        ("NonZero", NonZero),
        ("OneHot", OneHot),
        ("ReverseSequence", ReverseSequence),
        ("Scatter", ScatterElements),
        ("ScatterElements", ScatterElements),
        ("ScatterND", ScatterNd),
    ];

    private static Kernel Gather(NodeSettings node)
    {
        node.Needs(2);
        long chosen = node.Integer("axis", 0);
        return (inputs, _) =>
        {
            var (x, places) = (inputs[0]!, inputs[1]!);
            long axis = Axis.Of(chosen, x.dim());
            var flat = Places(places, x.shape[axis]).reshape(-1);
            return [x.index_select(axis, flat).reshape([.. x.shape[..(int)axis], .. places.shape, .. x.shape[((int)axis + 1)..]])];
        };
    }

    private static Kernel GatherElements(NodeSettings node)
    {
        node.Needs(2);
        long chosen = node.Integer("axis", 0);
        return (inputs, _) =>
        {
            long axis = Axis.Of(chosen, inputs[0]!.dim());
            return [inputs[0]!.gather(axis, Places(inputs[1]!, inputs[0]!.shape[axis]))];
        };
    }

    private static Kernel GatherNd(NodeSettings node)
    {
        node.Needs(2);
        int batch = (int)node.Integer("batch_dims", 0);
        return (inputs, _) =>
        {
            var (x, places) = (inputs[0]!, inputs[1]!);
            int depth = (int)places.shape[^1];
            if (batch < 0 || batch >= places.dim() || batch + depth > x.dim())
            {
                throw node.Bad($"looks {depth} deep after {batch} batch dimensions into {x.dim()} dimensions");
            }
            long batches = x.shape[..batch].Aggregate(1L, (a, b) => a * b);
            var flat = x.reshape([batches, .. x.shape[batch..]]);
            var index = places.reshape(batches, -1, depth);
            var positions = Linear(index, x.shape[batch..(batch + depth)]);
            long inner = x.shape[batch..(batch + depth)].Aggregate(1L, (a, b) => a * b);
            var rows = flat.reshape([batches * inner, .. x.shape[(batch + depth)..]]);
            var all = positions.add(arange(batches, dtype: ScalarType.Int64).mul(inner).unsqueeze(1)).reshape(-1);
            return [rows.index_select(0, all).reshape([.. places.shape[..^1], .. x.shape[(batch + depth)..]])];
        };
    }

    private static Kernel NonZero(NodeSettings node)
    {
        node.Needs(1);
        return (inputs, _) => [inputs[0]!.nonzero().t().contiguous()];
    }

    private static Kernel OneHot(NodeSettings node)
    {
        node.Needs(3);
        long chosen = node.Integer("axis", -1);
        return (inputs, _) =>
        {
            var (places, values) = (inputs[0]!.to(ScalarType.Int64), inputs[2]!);
            long depth = (long)Read.Double(inputs[1]!);
            int axis = (int)Axis.Of(chosen, places.dim() + 1);
            node.Reasonable([depth, .. places.shape]);
            if (values.numel() != 2) throw node.Bad($"has {values.numel()} values instead of off and on");
            var wrapped = where(places.lt(0), places.add(depth), places).unsqueeze(axis);
            long[] shape = [.. Enumerable.Repeat(1L, axis), depth, .. Enumerable.Repeat(1L, (int)places.dim() - axis)];
            return [where(wrapped.eq(arange(depth, dtype: ScalarType.Int64).reshape(shape)), values[1], values[0])];
        };
    }

    private static Kernel ScatterElements(NodeSettings node)
    {
        node.Needs(3);
        long chosen = node.Integer("axis", 0);
        string reduction = node.Text("reduction", "none");
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long axis = Axis.Of(chosen, x.dim());
            var places = Places(inputs[1]!, x.shape[axis]);
            return [Combine(node, x, axis, places, inputs[2]!, reduction)];
        };
    }

    private static Kernel ScatterNd(NodeSettings node)
    {
        node.Needs(3);
        string reduction = node.Text("reduction", "none");
        return (inputs, _) =>
        {
            var (x, places, updates) = (inputs[0]!, inputs[1]!, inputs[2]!);
            int depth = (int)places.shape[^1];
            if (depth > x.dim()) throw node.Bad($"looks {depth} deep into {x.dim()} dimensions");
            var positions = Linear(places.reshape(1, -1, depth), x.shape[..depth]).reshape(-1, 1);
            long slice = x.shape[depth..].Aggregate(1L, (a, b) => a * b);
            var rows = x.reshape(-1, slice);
            var all = positions.expand(positions.shape[0], slice);
            return [Combine(node, rows, 0, all, updates.reshape(-1, slice), reduction).reshape(x.shape)];
        };
    }

    private static Tensor Combine(NodeSettings node, Tensor x, long axis, Tensor places, Tensor updates, string reduction) => reduction switch
    {
        "none" => x.scatter(axis, places, updates),
        "add" => x.scatter_add(axis, places, updates),
        "mul" => OneByOne(x, axis, places, updates, (a, b) => a * b),
        "max" => OneByOne(x, axis, places, updates, Math.Max),
        "min" => OneByOne(x, axis, places, updates, Math.Min),
        _ => throw node.Bad($"reduces by '{reduction}', not none, add, mul, max or min"),
    };

    // Places may repeat, and TorchSharp has no scatter_reduce: one after the other, in float64, without a gradient.
    private static Tensor OneByOne(Tensor x, long axis, Tensor places, Tensor updates, Func<double, double, double> combine)
    {
        var wide = x.detach().to(ScalarType.Float64).transpose(axis, -1).contiguous();
        double[] values = wide.data<double>().ToArray();
        long[] index = places.transpose(axis, -1).contiguous().data<long>().ToArray();
        double[] given = updates.detach().to(ScalarType.Float64).transpose(axis, -1).contiguous().data<double>().ToArray();
        long[] shape = wide.shape, part = places.transpose(axis, -1).shape;
        long[] at = new long[part.Length];
        for (int i = 0; i < index.Length; i++)
        {
            long rest = i, position = 0;
            for (int d = part.Length - 1; d >= 0; d--, rest /= part[d + 1]) at[d] = rest % part[d];
            at[^1] = index[i];
            for (int d = 0; d < part.Length; d++) position = (position * shape[d]) + at[d];
            if (index[i] < 0 || index[i] >= shape[^1]) throw new InvalidDataException($"Index {index[i]} lies outside a dimension of {shape[^1]}.");
            values[position] = combine(values[position], given[i]);
        }

        return tensor(values).reshape(shape).transpose(axis, -1).to(x.dtype).contiguous();
    }

    private static Kernel Compress(NodeSettings node)
    {
        node.Needs(2);
        long? chosen = node.Node.Attributes.ContainsKey("axis") ? node.Integer("axis", 0) : null;
        return (inputs, _) =>
        {
            var x = chosen is null ? inputs[0]!.reshape(-1) : inputs[0]!;
            long axis = Axis.Of(chosen ?? 0, x.dim());
            var places = inputs[1]!.reshape(-1).nonzero().squeeze(1);
            return [x.index_select(axis, places)];
        };
    }

    private static Kernel ReverseSequence(NodeSettings node)
    {
        node.Needs(2);
        long batchAxis = node.Integer("batch_axis", 1), timeAxis = node.Integer("time_axis", 0);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long batches = x.shape[batchAxis], times = x.shape[timeAxis];
            var lengths = inputs[1]!.to(ScalarType.Int64).unsqueeze(1);
            var time = arange(times, dtype: ScalarType.Int64).unsqueeze(0);
            var source = where(time.lt(lengths), lengths.sub(1).sub(time), time);
            long[] shape = [.. Enumerable.Repeat(1L, (int)x.dim())];
            (shape[batchAxis], shape[timeAxis]) = (batches, times);
            var places = (batchAxis < timeAxis ? source : source.t()).reshape(shape).expand(x.shape);
            return [x.gather(timeAxis, places)];
        };
    }

    // Places as int64 in [0, size), negative ones counted from the end.
    private static Tensor Places(Tensor places, long size)
    {
        var index = places.to(ScalarType.Int64);
        return where(index.lt(0), index.add(size), index);
    }

    // Positions in a row-major block from index tuples in the last dimension; each is checked.
    private static Tensor Linear(Tensor tuples, long[] sizes)
    {
        Tensor result = zeros(tuples.shape[..^1], ScalarType.Int64);
        for (int i = 0; i < sizes.Length; i++)
        {
            var index = Places(tuples.select(-1, i), sizes[i]);
            if (index.numel() > 0 && index.lt(0).logical_or(index.ge(sizes[i])).any().item<bool>())
            {
                throw new InvalidDataException($"An index lies outside a dimension of {sizes[i]}.");
            }

            result = result.mul(sizes[i]).add(index);
        }

        return result;
    }
}
