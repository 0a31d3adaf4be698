using Golgi.Interchange.Onnx;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange;

/// <summary>Small graphs for tests.</summary>
internal static class OnnxGraphs
{
    /// <summary>A model with one input "x" and the output of the last node.</summary>
    public static OnnxModel Model(long[] input, Action<OnnxGraphBuilder> build, long opset = 17)
    {
        var builder = new OnnxGraphBuilder();
        builder.Graph.Inputs.Add(new OnnxValue("x", 1, input));
        build(builder);
        builder.Graph.Outputs.Add(new OnnxValue(builder.Graph.Nodes[^1].Outputs[0], 1, null));
        var model = new OnnxModel { IrVersion = 8, Graph = builder.Graph };
        model.Opsets[""] = opset;
        return model;
    }

    /// <summary>A convolutional classifier with everything that layers are made of.</summary>
    public static OnnxModel Classifier() => Model([-1, 2, 8, 8], graph =>
    {
        using var scope = NewDisposeScope();
        var rng = new Generator(5);
        Tensor Draw(params long[] shape) => randn(shape, generator: rng);
        string conv = graph.Node("Conv", "a.conv", ["x", graph.Weight("a.conv.weight", Draw(6, 2, 3, 3)), graph.Weight("a.conv.bias", Draw(6))],
            ("pads", OnnxAttribute.Of([1, 1, 1, 1])), ("kernel_shape", OnnxAttribute.Of([3, 3])));
        string bn = graph.Node("BatchNormalization", "a.bn",
            [conv, graph.Weight("a.bn.weight", Draw(6)), graph.Weight("a.bn.bias", Draw(6)), graph.Weight("a.bn.running_mean", Draw(6)),
                graph.Weight("a.bn.running_var", Draw(6).abs())]);
        string relu = graph.Node("Relu", "a", [bn]);
        string gate = graph.Node("Sigmoid", "gate", [conv]);
        string product = graph.Node("Mul", "gated", [relu, gate]);
        string pool = graph.Node("MaxPool", "pool", [product], ("kernel_shape", OnnxAttribute.Of([2, 2])), ("strides", OnnxAttribute.Of([2, 2])));
        string shape = graph.Node("Shape", "shape", [pool]);
        string batch = graph.Node("Gather", "batch", [shape, graph.Weight("zero", tensor(new long[] { 0 }))]);
        string target = graph.Node("Concat", "target", [batch, graph.Weight("rest", tensor(new long[] { -1 }))], ("axis", OnnxAttribute.Of(0L)));
        string flat = graph.Node("Reshape", "flat", [pool, target]);
        string product2 = graph.Node("MatMul", "fc", [flat, graph.Weight("fc.weight", Draw(96, 5).mul(0.1))]);
        graph.Node("Add", "logits", [product2, graph.Weight("fc.bias", Draw(5))]);
    });
}
