namespace Golgi.Interchange.Onnx;

/// <summary>Which inputs of which operators are weights, and what a layer calls them.</summary>
internal static class LayerWeights
{
    private static readonly Dictionary<string, string?[]> Names = new()
    {
        ["Conv"] = [null, "weight", "bias"],
        ["ConvTranspose"] = [null, "weight", "bias"],
        ["Gemm"] = ["left", "weight", "bias"],
        ["MatMul"] = ["left", "weight"],
        ["BatchNormalization"] = [null, "weight", "bias"],
        ["InstanceNormalization"] = [null, "weight", "bias"],
        ["LayerNormalization"] = [null, "weight", "bias"],
        ["GroupNormalization"] = [null, "weight", "bias"],
        ["PRelu"] = [null, "weight"],
        ["LSTM"] = [null, "weight", "recurrent", "bias", null, "initial_hidden", "initial_cell", "peephole"],
        ["GRU"] = [null, "weight", "recurrent", "bias", null, "initial_hidden"],
        ["RNN"] = [null, "weight", "recurrent", "bias", null, "initial_hidden"],
        ["Gather"] = ["weight"],
        ["Add"] = ["bias", "bias"],
        ["Sub"] = ["bias", "bias"],
        ["Mul"] = ["weight", "weight"],
        ["Div"] = ["weight", "weight"],
        ["Einsum"] = ["weight0", "weight1", "weight2"],
        ["Sum"] = ["bias0", "bias1", "bias2", "bias3"],
        ["Concat"] = ["part0", "part1", "part2", "part3"],
        ["Expand"] = ["weight"],
    };

    private static readonly Dictionary<string, string?[]> Buffers = new()
    {
        ["BatchNormalization"] = [null, null, null, "running_mean", "running_var"],
    };

    /// <summary>The name of a trainable weight; null where the input is none.</summary>
    public static string? Trainable(OnnxNode node, int input) =>
        Names.TryGetValue(node.Operator, out var names) && input < names.Length ? names[input] : null;

    /// <summary>The name of a constant that no training changes.</summary>
    public static string Fixed(OnnxNode node, int input) =>
        (Buffers.TryGetValue(node.Operator, out var names) && input < names.Length ? names[input] : null) ?? $"constant{input}";
}
