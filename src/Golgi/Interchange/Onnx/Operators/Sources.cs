using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Constants, shapes, ranges: values from numbers alone; and dropout.</summary>
internal static class Sources
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
    [
        ("Constant", Constant),
        ("ConstantOfShape", ConstantOfShape),
        ("Dropout", Dropout),
        ("EyeLike", EyeLike),
        ("Range", Range),
        ("Shape", Shape),
        ("Size", Size),
    ];

    private static Kernel Constant(NodeSettings node)
    {
        var value = ValueOf(node);
        return (_, _) => [value().alias()];
    }

    private static Func<Tensor> ValueOf(NodeSettings node)
    {
        if (node.Tensor("value") is { } tensor) return tensor.ToTensor;
        if (node.Node.Attributes.ContainsKey("value_float")) return () => torchTensor(node.Float("value_float", 0));
        if (node.Node.Attributes.ContainsKey("value_int")) return () => TorchSharp.torch.tensor(node.Integer("value_int", 0));
        if (node.Integers("value_ints") is { } integers) return () => TorchSharp.torch.tensor(integers);
        if (node.Floats("value_floats") is { } floats) return () => TorchSharp.torch.tensor(floats, ScalarType.Float32);
        throw node.Unsupported("has a value that is not a dense tensor of numbers");

        static Tensor torchTensor(double value) => TorchSharp.torch.tensor(value, ScalarType.Float32);
    }

    private static Kernel ConstantOfShape(NodeSettings node)
    {
        node.Needs(1);
        var value = node.Tensor("value");
        return (inputs, _) =>
        {
            long[] shape = node.Reasonable(Read.Integers(inputs[0]!));
            if (value is null) return [zeros(shape)];
            var one = value.ToTensor();
            if (one.numel() != 1) throw node.Bad($"fills with {one.numel()} values instead of one");
            return [one.reshape([.. Enumerable.Repeat(1L, shape.Length)]).expand(shape).contiguous()];
        };
    }

    private static Kernel Shape(NodeSettings node)
    {
        node.Needs(1);
        long first = node.Integer("start", 0);
        long last = node.Integer("end", long.MaxValue);
        return (inputs, _) =>
        {
            long[] shape = inputs[0]!.shape;
            long start = Math.Clamp(first < 0 ? first + shape.Length : first, 0, shape.Length);
            long end = Math.Clamp(last < 0 ? last + shape.Length : last, start, shape.Length);
            return [tensor(shape[(int)start..(int)end], ScalarType.Int64)];
        };
    }

    private static Kernel Size(NodeSettings node)
    {
        node.Needs(1);
        return (inputs, _) => [tensor(inputs[0]!.numel())];
    }

    private static Kernel Range(NodeSettings node)
    {
        node.Needs(3);
        return (inputs, _) =>
        {
            double start = Read.Double(inputs[0]!), limit = Read.Double(inputs[1]!), step = Read.Double(inputs[2]!);
            double count = Math.Max(0, Math.Ceiling((limit - start) / step));
            if (!double.IsFinite(count) || count > node.MostElements) throw node.Bad($"counts from {start} to {limit} by {step}");
            return [arange((long)count, dtype: ScalarType.Float64).mul(step).add(start).to(inputs[0]!.dtype)];
        };
    }

    private static Kernel EyeLike(NodeSettings node)
    {
        node.Needs(1);
        int type = (int)node.Integer("dtype", 0);
        long k = node.Integer("k", 0);
        ScalarType? given = type == 0 ? null : OnnxElement.Compute(type) ?? throw node.Unsupported($"makes {OnnxElement.Name(type)}");
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            if (x.dim() != 2) throw node.Bad($"needs 2 dimensions, the input has {x.dim()}");
            var rows = arange(x.shape[0]).unsqueeze(1);
            return [arange(x.shape[1]).unsqueeze(0).sub(rows).eq(k).to(given ?? x.dtype)];
        };
    }

    private static Kernel Dropout(NodeSettings node)
    {
        node.Needs(1);
        double ratio = node.Float("ratio", 0.5);
        bool mask = node.Wants(1);
        var seeded = node.Node.Attributes.ContainsKey("seed") ? new MersenneTwister((uint)node.Integer("seed", 0)) : null;
        return (inputs, training) =>
        {
            var x = inputs[0]!;
            double p = inputs.ElementAtOrDefault(1) is { } given ? Read.Double(given) : ratio;
            bool on = training || (inputs.ElementAtOrDefault(2) is { } mode && Read.Integer(mode) != 0);
            if (!on || p <= 0) return mask ? [x.alias(), ones_like(x, ScalarType.Bool)] : [x.alias()];
            if (p >= 1) return [zeros_like(x), zeros_like(x, ScalarType.Bool)];
            var kept = (seeded is null ? rand_like(x, ScalarType.Float32) : Draws(seeded, x.shape)).ge(p);
            return [x.mul(kept).div(1 - p), kept];
        };
    }

    // A seed means what it means to ONNX's reference implementation: draws of NumPy's legacy generator, one call after another.
    private static Tensor Draws(MersenneTwister generator, long[] shape)
    {
        double[] values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        lock (generator)
        {
            for (int i = 0; i < values.Length; i++) values[i] = generator.Uniform();
        }

        return tensor(values).reshape(shape);
    }
}
