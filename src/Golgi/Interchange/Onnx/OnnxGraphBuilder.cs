using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>Builds an ONNX graph node by node; knows torch's own layers.</summary>
public sealed class OnnxGraphBuilder
{
    private readonly HashSet<string> taken = [];

    /// <summary>The graph so far.</summary>
    public OnnxGraph Graph { get; } = new();

    /// <summary>Appends a node with one output.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="inputs">The values that go in.</param>
    /// <param name="settings">Its attributes.</param>
    /// <returns>The name of the value that comes out.</returns>
    public string Node(string type, string name, IReadOnlyList<string> inputs, params (string Name, OnnxAttribute Value)[] settings)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(settings);
        var node = new OnnxNode { Operator = type, Name = name };
        node.Inputs.AddRange(inputs);
        string output = name.Length > 0 ? name : type;
        for (int i = 2; !taken.Add(output); i++) output = $"{name}_{i}";
        node.Outputs.Add(output);
        foreach (var (key, value) in settings) node.Attributes[key] = value;
        Graph.Nodes.Add(node);
        return output;
    }

    /// <summary>Stores a tensor; the same name stores it once.</summary>
    /// <returns>The name.</returns>
    public string Weight(string name, Tensor tensor)
    {
        if (Graph.Initializers.All(initializer => initializer.Name != name)) Graph.Initializers.Add(OnnxTensor.From(name, tensor));
        return name;
    }

    /// <summary>Appends a module: one of torch's layers, or one that exports itself.</summary>
    /// <param name="module">The module; borrowed.</param>
    /// <param name="name">Its dotted name.</param>
    /// <param name="input">The name of the value that goes in.</param>
    /// <returns>The name of the value that comes out.</returns>
    /// <exception cref="ArgumentException">The module is of a kind that Golgi does not write as ONNX.</exception>
    public string Module(nn.Module module, string name, string input)
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
            Flatten flatten when flatten.end_dim == -1 => Node("Flatten", name, [input], ("axis", OnnxAttribute.Of(flatten.start_dim))),
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

    /// <summary>Appends a module's children, one after another.</summary>
    public string Children(nn.Module module, string name, string input)
    {
        ArgumentNullException.ThrowIfNull(module);
        string value = input;
        foreach (var (child, layer) in module.named_children()) value = Module(layer, Below(name, child), value);
        return value;
    }

    /// <summary>A child's dotted name.</summary>
    public static string Below(string name, string child) => name.Length == 0 ? child : $"{name}.{child}";
}
