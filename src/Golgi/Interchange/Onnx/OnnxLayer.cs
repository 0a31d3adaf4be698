using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>A node as a layer, where torch has no layer of that kind: it can be named, tapped and trained. With one free input
/// it computes; with several, the network computes and shows the result to this layer, whose input is then its output.</summary>
internal sealed class OnnxLayer : nn.Module<Tensor, Tensor>
{
    private readonly Kernel kernel;
    private readonly string[] names;
    private readonly int data;
    private readonly int inputs;
    private readonly Tensor?[] bound;

    internal OnnxLayer(OnnxNode node, Kernel kernel, int inputs, int data, IEnumerable<(int Index, string Name, Tensor Value)> weights)
        : base(node.Operator)
    {
        Operator = node.Operator;
        Settings = node;
        this.kernel = kernel;
        this.inputs = inputs;
        this.data = data;
        bound = new Tensor?[inputs];
        names = new string[inputs];
        foreach (var (index, name, value) in weights)
        {
            names[index] = name;
            if (value is Parameter parameter) register_parameter(name, parameter);
            else register_buffer(name, value, persistent: false);
            bound[index] = value;
        }
    }

    /// <summary>The ONNX operator: <c>Add</c>, <c>Concat</c>.</summary>
    public string Operator { get; }

    /// <summary>The node that this layer stands for.</summary>
    public OnnxNode Settings { get; }

    /// <summary>The current weight at a position of the node's inputs.</summary>
    internal Tensor? Weight(int index) => bound[index];

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (data < 0) return input.alias();
        var values = (Tensor?[])bound.Clone();
        values[data] = input;
        return kernel(values, training)[0]!;
    }

    /// <inheritdoc/>
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(dtype, device, non_blocking);
        var current = named_parameters(false).Select(entry => (entry.name, value: (Tensor)entry.parameter))
            .Concat(named_buffers(false).Select(entry => (entry.name, value: entry.buffer))).ToDictionary(entry => entry.name, entry => entry.value);
        for (int i = 0; i < inputs; i++)
        {
            if (names[i] is { } name && current.TryGetValue(name, out var value)) bound[i] = value;
        }
    }
}
