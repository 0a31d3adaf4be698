using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>Torch's layers with weights or windows as ONNX nodes.</summary>
internal static class OnnxLayerExport
{
    public static string Convolution(OnnxGraphBuilder graph, Convolution layer, string name, string input)
    {
        if (layer.padding_mode != TorchSharp.PaddingModes.Zeros)
        {
            throw new ArgumentException($"Layer '{name}' pads by {layer.padding_mode}; only zeros can be written.");
        }
        var settings = new List<(string, OnnxAttribute)>
        {
            ("kernel_shape", OnnxAttribute.Of(layer.weight!.shape[2..])),
            ("strides", OnnxAttribute.Of(layer.stride)),
            ("dilations", OnnxAttribute.Of(layer.dilation)),
            ("group", OnnxAttribute.Of(layer.groups)),
        };
        if (layer.padding is { } padding) settings.Add(("pads", OnnxAttribute.Of([.. padding, .. padding])));
        else if (layer.padding_type == TorchSharp.Padding.Same) settings.Add(("auto_pad", OnnxAttribute.Of("SAME_UPPER")));
        if (layer.transposed) settings.Add(("output_padding", OnnxAttribute.Of(layer.output_padding)));
        return graph.Node(layer.transposed ? "ConvTranspose" : "Conv", name, Inputs(graph, name, input, layer.weight!, layer.bias), [.. settings]);
    }

    // A matrix on a batch of rows is Gemm; rows may also lie deeper, which MatMul takes and Gemm does not.
    public static string Linear(OnnxGraphBuilder graph, Linear layer, string name, string input) =>
        graph.Node("Gemm", name, Inputs(graph, name, input, layer.weight!, layer.bias), ("transB", OnnxAttribute.Of(1L)));

    public static string BatchNorm(OnnxGraphBuilder graph, NormBase layer, string name, string input)
    {
        using var scope = NewDisposeScope();
        if (layer.running_mean is null || layer.running_var is null)
        {
            throw new ArgumentException($"Layer '{name}' keeps no running statistics; without them it cannot be written.");
        }
        long features = layer.running_mean.numel();
        return graph.Node(
            "BatchNormalization",
            name,
            [
                input,
                graph.Weight($"{name}.weight", layer.weight is { } weight ? weight : ones(features)),
                graph.Weight($"{name}.bias", layer.bias is { } bias ? bias : zeros(features)),
                graph.Weight($"{name}.running_mean", layer.running_mean),
                graph.Weight($"{name}.running_var", layer.running_var),
            ],
            ("epsilon", OnnxAttribute.Of((float)layer.eps)),
            ("momentum", OnnxAttribute.Of((float)(1 - (layer.momentum ?? 0.1)))));
    }

    public static string LayerNorm(OnnxGraphBuilder graph, LayerNorm layer, string name, string input)
    {
        using var scope = NewDisposeScope();
        var weight = layer.weight is { } given ? given : ones(layer.normalized_shape);
        return graph.Node(
            "LayerNormalization",
            name,
            Inputs(graph, name, input, weight, layer.bias),
            ("axis", OnnxAttribute.Of(-(long)layer.normalized_shape.Length)),
            ("epsilon", OnnxAttribute.Of((float)layer.eps)));
    }

    public static string MaxPool(OnnxGraphBuilder graph, MaxPool2d layer, string name, string input) =>
        graph.Node(
            "MaxPool", name, [input],
            [.. Window(layer.kernel_size, layer.stride, layer.padding, layer.ceil_mode), ("dilations", OnnxAttribute.Of(Pair(layer.dilation, 1)))]);

    public static string AveragePool(OnnxGraphBuilder graph, AvgPool2d layer, string name, string input)
    {
        if (layer.divisor_override is not null) throw new ArgumentException($"Layer '{name}' divides by a number of its own, which ONNX cannot say.");
        return graph.Node(
            "AveragePool", name, [input],
            [
                .. Window(layer.kernel_size, layer.stride, layer.padding, layer.ceil_mode),
                ("count_include_pad", OnnxAttribute.Of(layer.count_include_pad ? 1L : 0L)),
            ]);
    }

    private static (string, OnnxAttribute)[] Window(long[] kernel, long[]? stride, long[]? padding, bool ceil)
    {
        long[] size = Pair(kernel, 1), pads = Pair(padding, 0);
        return
        [
            ("kernel_shape", OnnxAttribute.Of(size)),
            ("strides", OnnxAttribute.Of(stride is { Length: > 0 } ? Pair(stride, 1) : size)),
            ("pads", OnnxAttribute.Of([.. pads, .. pads])),
            ("ceil_mode", OnnxAttribute.Of(ceil ? 1L : 0L)),
        ];
    }

    private static long[] Pair(long[]? values, long missing) =>
        values is null or { Length: 0 } ? [missing, missing] : values.Length == 1 ? [values[0], values[0]] : values;

    private static string[] Inputs(OnnxGraphBuilder graph, string name, string input, Tensor weight, Tensor? bias) => bias is null
        ? [input, graph.Weight($"{name}.weight", weight)]
        : [input, graph.Weight($"{name}.weight", weight), graph.Weight($"{name}.bias", bias)];
}
