using Golgi.Interchange.Onnx.Operators;

namespace Golgi.Interchange.Onnx;

/// <summary>The operators that Golgi computes, standard domain, versions 7 to 22.</summary>
internal static class OperatorTable
{
    public const long OldestOpset = 7, NewestOpset = 22;

    // Operators that version 7 left as they were: files of older versions are read where they use these only.
    private static readonly Dictionary<string, long> UnchangedSince = new()
    {
        ["Conv"] = 1,
        ["ConvTranspose"] = 1,
        ["MatMul"] = 1,
        ["LRN"] = 1,
        ["GlobalAveragePool"] = 1,
        ["GlobalMaxPool"] = 1,
        ["MaxPool"] = 1,
        ["AveragePool"] = 1,
        ["Softmax"] = 1,
        ["LogSoftmax"] = 1,
        ["Softplus"] = 1,
        ["Softsign"] = 1,
        ["Flatten"] = 1,
        ["Transpose"] = 1,
        ["Identity"] = 1,
        ["Constant"] = 1,
        ["Shape"] = 1,
        ["Size"] = 1,
        ["Gather"] = 1,
        ["Squeeze"] = 1,
        ["Unsqueeze"] = 1,
        ["Slice"] = 1,
        ["DepthToSpace"] = 1,
        ["SpaceToDepth"] = 1,
        ["Split"] = 2,
        ["Pad"] = 2,
        ["Concat"] = 4,
        ["Reshape"] = 5,
        ["Relu"] = 6,
        ["LeakyRelu"] = 6,
        ["Elu"] = 6,
        ["Selu"] = 6,
        ["Sigmoid"] = 6,
        ["Tanh"] = 6,
        ["HardSigmoid"] = 6,
        ["InstanceNormalization"] = 6,
        ["Exp"] = 6,
        ["Log"] = 6,
        ["Sqrt"] = 6,
        ["Abs"] = 6,
        ["Neg"] = 6,
        ["Not"] = 1,
        ["Reciprocal"] = 6,
        ["Floor"] = 6,
        ["Ceil"] = 6,
        ["Clip"] = 6,
        ["Cast"] = 6,
        ["Tile"] = 6,
        ["Sum"] = 6,
        ["Mean"] = 6,
        ["Max"] = 6,
        ["Min"] = 6,
    };

    private static readonly Dictionary<string, KernelFactory> Factories =
        new IEnumerable<(string Name, KernelFactory Build)>[]
        {
            Elementwise.Table, Nonlinearities.Table, Convolutions.Table, Pools.Table, Normalizations.Table, LinearAlgebra.Table,
            Reductions.Table, Shapes.Table, Sources.Table, Indexing.Table, Recurrent.Table, Padding.Table, Resizing.Table,
            ControlFlow.Table,
        }.SelectMany(table => table).ToDictionary(entry => entry.Name, entry => entry.Build);

    /// <summary>All operators by name.</summary>
    public static IReadOnlyCollection<string> Names => Factories.Keys;

    public static bool Knows(OnnxNode node) => node.Domain.Length == 0 && Factories.ContainsKey(node.Operator);

    /// <summary>True where an operator means in an old version what it means in version 7.</summary>
    public static bool IsOlder(OnnxNode node, long opset) =>
        UnchangedSince.TryGetValue(node.Operator, out long since) && opset >= since;

    public static KernelFactory Of(OnnxNode node) => Factories[node.Operator];
}
