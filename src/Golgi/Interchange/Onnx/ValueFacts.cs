using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>What can be said of a graph's values before anything runs: which are whole numbers, and how many dimensions they have.</summary>
/// <param name="known">A value that is known at import; null for others.</param>
internal sealed class ValueFacts(Func<string, Tensor?> known)
{
    // Operators that only reckon with shapes, wherever they stand.
    private static readonly HashSet<string> Reckoning =
        ["Shape", "Size", "Constant", "ConstantOfShape", "Range", "NonZero", "Cast", "CastLike", "Identity", "Equal", "Less", "Greater",
         "LessOrEqual", "GreaterOrEqual", "Not", "And", "Or", "Xor", "IsNaN", "IsInf"];

    private static readonly HashSet<string> MakesIntegers = ["Shape", "Size", "NonZero", "ArgMax", "ArgMin"];

    private static readonly HashSet<string> KeepsRank =
        ["BatchNormalization", "Relu", "LeakyRelu", "Elu", "Sigmoid", "Tanh", "MaxPool", "AveragePool", "GlobalAveragePool",
         "GlobalMaxPool", "Add", "Sub", "Mul", "Div", "Concat", "Dropout", "Identity", "Clip", "PRelu", "LRN", "Sum", "Conv"];

    private readonly HashSet<string> integers = [];
    private readonly Dictionary<string, int> ranks = [];

    /// <summary>What the file says of a value.</summary>
    public void Note(OnnxValue value)
    {
        if (value.Shape is { } shape) ranks[value.Name] = shape.Count;
        if (value.ElementType is OnnxElement.Int64 or OnnxElement.Int32 or OnnxElement.Bool) integers.Add(value.Name);
    }

    /// <summary>A folded result turned out to hold whole numbers.</summary>
    public void NoteInteger(string name) => integers.Add(name);

    /// <summary>The number of dimensions; null where nothing says.</summary>
    public int? RankOf(string name) => ranks.TryGetValue(name, out int rank) ? rank : null;

    /// <summary>True for a node that only reckons with shapes: no layer is made of it.</summary>
    public bool IsReckoning(OnnxNode node)
    {
        if (Reckoning.Contains(node.Operator) || node.Operator is "If" or "Loop") return true;
        return node.Outputs is [var output, ..] && integers.Contains(output);
    }

    /// <summary>What follows for a node's first output from what is known of its inputs.</summary>
    public void NoteResults(OnnxNode node)
    {
        if (node.Outputs is not [{ Length: > 0 } output, ..]) return;
        bool whole = MakesIntegers.Contains(node.Operator)
            || (node.Operator == "Cast" && node.Attributes.TryGetValue("to", out var to)
                && to.Integer is OnnxElement.Int64 or OnnxElement.Int32 or OnnxElement.Bool)
            || (node.Operator is "Gather" or "Slice" or "Reshape" or "Unsqueeze" or "Squeeze" && IsInteger(node.Inputs[0]))
            || (node.Operator is "Add" or "Sub" or "Mul" or "Div" or "Concat" or "Where" or "Range" or "Min" or "Max" or "Neg" or "Mod"
                or "ReduceProd"
                && node.Inputs.All(IsInteger));
        if (whole) integers.Add(output);
        if (KeepsRank.Contains(node.Operator) && node.Inputs.Where(ranks.ContainsKey).Select(input => ranks[input]).DefaultIfEmpty()
            .Max() is > 0 and var rank)
        {
            ranks.TryAdd(output, rank);
        }

        if (node.Operator is "Conv" or "ConvTranspose" && known(node.Inputs[1]) is { } weight) ranks[output] = (int)weight.dim();
        if (node.Operator is "Gemm" or "Flatten") ranks[output] = 2;
    }

    private bool IsInteger(string name) => integers.Contains(name) || (known(name) is { } value && !value.is_floating_point());
}
