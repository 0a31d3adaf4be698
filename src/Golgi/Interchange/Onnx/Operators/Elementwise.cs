using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Arithmetic, comparisons, logic: operators that work element by element, with NumPy's broadcasting.</summary>
internal static class Elementwise
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Unary = new()
    {
        ["Abs"] = x => x.abs(),
        ["Acos"] = x => x.acos(),
        ["Acosh"] = x => x.acosh(),
        ["Asin"] = x => x.asin(),
        ["Asinh"] = x => x.asinh(),
        ["Atan"] = x => x.atan(),
        ["Atanh"] = x => x.atanh(),
        ["BitwiseNot"] = x => x.bitwise_not(),
        ["Ceil"] = x => x.ceil(),
        ["Cos"] = x => x.cos(),
        ["Cosh"] = x => x.cosh(),
        ["Erf"] = x => special.erf(x),
        ["Exp"] = x => x.exp(),
        ["Floor"] = x => x.floor(),
        ["IsNaN"] = x => x.isnan(),
        ["Log"] = x => x.log(),
        ["Neg"] = x => x.neg(),
        ["Not"] = x => x.logical_not(),
        ["Reciprocal"] = x => x.reciprocal(),
        ["Round"] = x => x.round(),
        ["Sign"] = x => x.sign(),
        ["Sin"] = x => x.sin(),
        ["Sinh"] = x => x.sinh(),
        ["Sqrt"] = x => x.sqrt(),
        ["Tan"] = x => x.tan(),
        ["Tanh"] = x => x.tanh(),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Binary = new()
    {
        ["Add"] = (x, y) => x.add(y),
        ["And"] = (x, y) => x.logical_and(y),
        ["BitwiseAnd"] = (x, y) => x.bitwise_and(y),
        ["BitwiseOr"] = (x, y) => x.bitwise_or(y),
        ["BitwiseXor"] = (x, y) => x.bitwise_xor(y),
        ["Div"] = Divide,
        ["Equal"] = (x, y) => x.eq(y),
        ["Greater"] = (x, y) => x.gt(y),
        ["GreaterOrEqual"] = (x, y) => x.ge(y),
        ["Less"] = (x, y) => x.lt(y),
        ["LessOrEqual"] = (x, y) => x.le(y),
        ["Mul"] = (x, y) => x.mul(y),
        ["Or"] = (x, y) => x.logical_or(y),
        ["Pow"] = Power,
        ["Sub"] = (x, y) => x.sub(y),
        ["Xor"] = (x, y) => x.logical_xor(y),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Folds = new()
    {
        ["Max"] = maximum,
        ["Mean"] = (x, y) => x.add(y),
        ["Min"] = minimum,
        ["Sum"] = (x, y) => x.add(y),
    };

    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
    [
        .. Unary.Select(entry => (entry.Key, (KernelFactory)(node => OfOne(node, entry.Value)))),
        .. Binary.Select(entry => (entry.Key, (KernelFactory)(node => OfTwo(node, entry.Value)))),
        .. Folds.Select(entry => (entry.Key, (KernelFactory)(node => OfMany(node, entry.Value)))),
        ("BitShift", BitShift),
        ("Cast", Cast),
        ("CastLike", CastLike),
        ("Clip", Clip),
        ("IsInf", IsInf),
        ("Mod", Mod),
        ("Where", Where),
    ];

    private static Kernel OfOne(NodeSettings node, Func<Tensor, Tensor> function)
    {
        node.Needs(1);
        return (inputs, _) => [function(inputs[0]!)];
    }

    private static Kernel OfTwo(NodeSettings node, Func<Tensor, Tensor, Tensor> function)
    {
        node.Needs(2);
        return (inputs, _) => [function(inputs[0]!, inputs[1]!)];
    }

    private static Kernel OfMany(NodeSettings node, Func<Tensor, Tensor, Tensor> function)
    {
        node.Needs(Math.Max(1, node.InputCount));
        bool mean = node.Node.Operator == "Mean";
        return (inputs, _) =>
        {
            var result = inputs[0]!.alias();
            foreach (var input in inputs.Skip(1)) result = function(result, input!);
            return [mean ? result.div(inputs.Length) : result];
        };
    }

    private static Tensor Divide(Tensor x, Tensor y) =>
        x.is_floating_point() || y.is_floating_point() ? x.div(y) : x.div(y, RoundingMode.trunc);

    // The base decides the type; whole numbers to a fractional power pass through float64.
    private static Tensor Power(Tensor x, Tensor y)
    {
        if (x.dtype == y.dtype && (x.is_floating_point() || !y.lt(0).any().item<bool>())) return x.pow(y);
        return x.is_floating_point() ? x.pow(y.to(x.dtype)) : x.to(ScalarType.Float64).pow(y.to(ScalarType.Float64)).to(x.dtype);
    }

    private static Kernel BitShift(NodeSettings node)
    {
        node.Needs(2);
        return node.Text("direction", "") switch
        {
            "LEFT" => (inputs, _) => [inputs[0]!.bitwise_left_shift(inputs[1]!)],
            "RIGHT" => (inputs, _) => [inputs[0]!.bitwise_right_shift(inputs[1]!)],
            var other => throw node.Bad($"shifts in direction '{other}', not LEFT or RIGHT"),
        };
    }

    private static Kernel Cast(NodeSettings node)
    {
        node.Needs(1);
        int to = (int)node.Integer("to", 0);
        var type = OnnxElement.Compute(to) ?? throw node.Unsupported($"casts to {OnnxElement.Name(to)}");
        return (inputs, _) => [Convert(inputs[0]!, type, to)];
    }

    private static Kernel CastLike(NodeSettings node)
    {
        node.Needs(2);
        return (inputs, _) => [Convert(inputs[0]!, inputs[1]!.dtype, 0)];
    }

    // Half precision is computed in float32, but a cast to it still rounds.
    private static Tensor Convert(Tensor x, ScalarType type, int stored) => (type, stored) switch
    {
        (ScalarType.Bool, _) => x.ne(0),
        (_, OnnxElement.Half) when !x.requires_grad => x.to(ScalarType.Float16).to(type),
        (_, OnnxElement.BFloat16) when !x.requires_grad => x.to(ScalarType.BFloat16).to(type),
        _ => x.to(type, copy: false).alias(),
    };

    private static Kernel Clip(NodeSettings node)
    {
        node.Needs(1);
        if (node.Version < 11)
        {
            double low = node.Float("min", double.NegativeInfinity), high = node.Float("max", double.PositiveInfinity);
            return (inputs, _) => [inputs[0]!.clamp(low, high)];
        }

        return (inputs, _) =>
        {
            var x = inputs[0]!.alias();
            if (inputs.ElementAtOrDefault(1) is { } low) x = maximum(x, low.to(x.dtype));
            if (inputs.ElementAtOrDefault(2) is { } high) x = minimum(x, high.to(x.dtype));
            return [x];
        };
    }

    private static Kernel IsInf(NodeSettings node)
    {
        node.Needs(1);
        return (node.Flag("detect_negative", true), node.Flag("detect_positive", true)) switch
        {
            (true, true) => (inputs, _) => [inputs[0]!.isinf()],
            (true, false) => (inputs, _) => [inputs[0]!.isneginf()],
            (false, true) => (inputs, _) => [inputs[0]!.isposinf()],
            (false, false) => (inputs, _) => [zeros_like(inputs[0]!, ScalarType.Bool)],
        };
    }

    private static Kernel Mod(NodeSettings node)
    {
        node.Needs(2);
        return node.Flag("fmod")
            ? (inputs, _) => [inputs[0]!.fmod(inputs[1]!)]
            : (inputs, _) => [inputs[0]!.remainder(inputs[1]!)];
    }

    private static Kernel Where(NodeSettings node)
    {
        node.Needs(3);
        return (inputs, _) => [where(inputs[0]!, inputs[1]!, inputs[2]!)];
    }
}
