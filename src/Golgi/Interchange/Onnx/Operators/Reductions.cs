using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Sums and their kin over axes, extremes and their places, running sums.</summary>
internal static class Reductions
{
    private static readonly Dictionary<string, Func<Tensor, long[], bool, Tensor>> Functions = new()
    {
        ["ReduceL1"] = (x, axes, keep) => x.abs().sum(axes, keep, x.dtype),
        ["ReduceL2"] = (x, axes, keep) => Floating(x).square().sum(axes, keep).sqrt().to(x.dtype),
        ["ReduceLogSum"] = (x, axes, keep) => Floating(x).sum(axes, keep).log().to(x.dtype),
        ["ReduceLogSumExp"] = (x, axes, keep) =>
            axes.OrderDescending().Aggregate(Floating(x), (y, axis) => y.logsumexp(axis, keep)).to(x.dtype),
        ["ReduceMax"] = (x, axes, keep) => Extreme(x, axes, keep, (y, over, all) => y.amax(over, all), double.NegativeInfinity),
        ["ReduceMean"] = (x, axes, keep) => Floating(x).mean(axes, keep).to(x.dtype),
        ["ReduceMin"] = (x, axes, keep) => Extreme(x, axes, keep, (y, over, all) => y.amin(over, all), double.PositiveInfinity),
        ["ReduceProd"] = Product,
        ["ReduceSum"] = (x, axes, keep) => x.sum(axes, keep, x.dtype),
        ["ReduceSumSquare"] = (x, axes, keep) => x.square().sum(axes, keep, x.dtype),
    };

    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
    [
        .. Functions.Select(entry => (entry.Key, (KernelFactory)(node => Reduce(node, entry.Value)))),
        ("ArgMax", node => Place(node, (x, axis) => x.argmax(axis, keepdim: true))),
        ("ArgMin", node => Place(node, (x, axis) => x.argmin(axis, keepdim: true))),
        ("CumSum", CumSum),
        ("TopK", TopK),
    ];

    private static Tensor Floating(Tensor x) => x.is_floating_point() ? x : x.to(ScalarType.Float64);

    private static Kernel Reduce(NodeSettings node, Func<Tensor, long[], bool, Tensor> function)
    {
        node.Needs(1);
        bool keep = node.Flag("keepdims", true), nothing = node.Flag("noop_with_empty_axes");
        var axes = node.IntegersOrInput("axes", 1);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long[] over = axes(inputs) is { Length: > 0 } given ? Axis.Of(given, x.dim()) : [];
            if (over.Length == 0 && nothing) return [x.alias()];
            if (over.Length == 0) over = [.. Enumerable.Range(0, (int)x.dim()).Select(i => (long)i)];
            if (over.Length == 0) return [function(x.reshape(1), [0], false)];
            bool truth = x.dtype == ScalarType.Bool;
            var y = function(truth ? x.to(ScalarType.Byte) : x, over, keep);
            return [truth ? y.ne(0) : y];
        };
    }

    // The largest of nothing is what any value exceeds: infinity, or the type's own end. One such value stands for the empty axis.
    private static Tensor Extreme(Tensor x, long[] axes, bool keep, Func<Tensor, long[], bool, Tensor> function, double ofNothing)
    {
        if (axes.All(axis => x.shape[axis] > 0)) return function(x, axes, keep);
        long[] shape = [.. x.shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        if (x.is_floating_point()) return function(full(shape, ofNothing, x.dtype), axes, keep);
        var (least, most) = x.dtype switch
        {
            ScalarType.Byte => (0L, (long)byte.MaxValue),
            ScalarType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            ScalarType.Int16 => (short.MinValue, short.MaxValue),
            ScalarType.Int32 => (int.MinValue, int.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        return function(full(shape, ofNothing < 0 ? least : most, x.dtype), axes, keep);
    }

    private static Tensor Product(Tensor x, long[] axes, bool keep)
    {
        var result = x;
        foreach (long axis in axes.OrderDescending()) result = result.prod(axis, keep, x.dtype);
        return result;
    }

    private static Kernel Place(NodeSettings node, Func<Tensor, long, Tensor> function)
    {
        node.Needs(1);
        long chosen = node.Integer("axis", 0);
        bool keep = node.Flag("keepdims", true), last = node.Flag("select_last_index");
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long axis = Axis.Of(chosen, x.dim());
            var place = last ? function(x.flip(axis), axis).neg().add(x.shape[axis] - 1) : function(x, axis);
            return [keep ? place : place.squeeze(axis)];
        };
    }

    private static Kernel CumSum(NodeSettings node)
    {
        node.Needs(2);
        bool exclusive = node.Flag("exclusive"), reverse = node.Flag("reverse");
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long axis = Axis.Of(Read.Integer(inputs[1]!), x.dim());
            var ordered = reverse ? x.flip(axis) : x;
            var sums = ordered.cumsum(axis, x.dtype);
            if (exclusive) sums = sums.sub(ordered);
            return [reverse ? sums.flip(axis) : sums];
        };
    }

    private static Kernel TopK(NodeSettings node)
    {
        node.Needs(node.Version < 10 ? 1 : 2);
        long chosen = node.Integer("axis", -1);
        long? known = node.Version < 10 ? node.Integer("k", -1) : null;
        bool largest = node.Flag("largest", true);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long axis = Axis.Of(chosen, x.dim()), k = known ?? Read.Integer(inputs[1]!);
            if (k < 0 || k > x.shape[axis]) throw node.Bad($"asks for {k} of {x.shape[axis]} values");

            // Equal values keep the order of their places, which torch's topk does not promise.
            var (values, places) = x.sort(axis, descending: largest, stable: true);
            return [values.narrow(axis, 0, k).contiguous(), places.narrow(axis, 0, k).contiguous()];
        };
    }
}
