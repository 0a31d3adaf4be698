using Golgi.Networks.Export;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>Builds an ONNX graph node by node; knows torch's own layers.</summary>
public sealed class OnnxGraphBuilder : ExportGraph
{
    private readonly HashSet<string> taken = [];

    /// <summary>The graph so far.</summary>
    public OnnxGraph Graph { get; } = new();

    /// <inheritdoc/>
    public override string Node(string type, string name, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(attributes);
        var node = new OnnxNode { Operator = type, Name = name };
        node.Inputs.AddRange(inputs);
        string output = name.Length > 0 ? name : type;
        for (int i = 2; !taken.Add(output); i++) output = $"{name}_{i}";
        node.Outputs.Add(output);
        foreach (var (key, value) in attributes) node.Attributes[key] = Attribute(key, value);
        Graph.Nodes.Add(node);
        return output;
    }

    /// <inheritdoc/>
    public override string Weight(string name, Tensor tensor)
    {
        if (Graph.Initializers.All(initializer => initializer.Name != name)) Graph.Initializers.Add(OnnxTensor.From(name, tensor));
        return name;
    }

    /// <inheritdoc/>
    public override string Module(nn.Module module, string name, string input)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module switch
        {
            IOnnxExport own => own.Export(this, name, input),
            Convolution convolution => OnnxLayerExport.Convolution(this, convolution, name, input),
            Linear linear => OnnxLayerExport.Linear(this, linear, name, input),
            NormBase norm and (BatchNorm1d or BatchNorm2d or BatchNorm3d) => OnnxLayerExport.BatchNorm(this, norm, name, input),
            LayerNorm norm => OnnxLayerExport.LayerNorm(this, norm, name, input),
            MaxPool2d pool => OnnxLayerExport.MaxPool(this, pool, name, input),
            AvgPool2d pool => OnnxLayerExport.AveragePool(this, pool, name, input),
            AdaptiveAvgPool2d pool when pool.output_size.All(size => size == 1) => Node("GlobalAveragePool", name, [input]),
            Flatten { start_dim: 1, end_dim: -1 } => Node("Flatten", name, [input], ("axis", OnnxAttribute.Of(1L))),
            Dropout or Dropout2d or Identity => input,
            ReLU => Node("Relu", name, [input]),
            Sigmoid => Node("Sigmoid", name, [input]),
            Tanh => Node("Tanh", name, [input]),
            GELU => Node("Gelu", name, [input]),
            Softplus => Node("Softplus", name, [input]),
            ELU elu => Node("Elu", name, [input], ("alpha", OnnxAttribute.Of((float)elu.alpha))),
            LeakyReLU leaky => Node("LeakyRelu", name, [input], ("alpha", OnnxAttribute.Of((float)leaky.negative_slope))),
            Softmax softmax => Node("Softmax", name, [input], ("axis", OnnxAttribute.Of(softmax.dim))),
            LogSoftmax softmax => Node("LogSoftmax", name, [input], ("axis", OnnxAttribute.Of(softmax.dim))),
            Sequential sequence => Children(sequence, name, input),
            _ => throw new ArgumentException(
                $"Layer '{name}' is a {module.GetType().Name}, which Golgi does not write as ONNX. A module of your own can implement "
                    + $"{nameof(IOnnxExport)}."),
        };
    }

    private static OnnxAttribute Attribute(string name, object value) => value switch
    {
        OnnxAttribute attribute => attribute,
        long number => OnnxAttribute.Of(number),
        int number => OnnxAttribute.Of((long)number),
        float number => OnnxAttribute.Of(number),
        string text => OnnxAttribute.Of(text),
        IEnumerable<long> numbers => OnnxAttribute.Of(numbers),
        _ => throw new ArgumentException(
            $"Attribute '{name}' is a {value?.GetType().Name ?? "null"}; it must be long, float, string or a list of long.", nameof(value)),
    };
}
