using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>A node as its operator reads it: settings with defaults, the operator set's version, inputs that are known at import.</summary>
internal sealed class NodeSettings(OnnxNode node, long version, Func<string, Tensor?> constants, Func<OnnxGraph, Subgraph> compile)
{
    /// <summary>Most elements that one operator may create from numbers alone; more is a damaged file.</summary>
    public const long Most = 1L << 29;

    /// <summary>The same limit for this call; lower while constants are folded.</summary>
    public long MostElements { get; set; } = Most;

    /// <summary>Version of the standard operator set.</summary>
    public long Version => version;

    public OnnxNode Node => node;

    public int InputCount => node.Inputs.Count;

    public int OutputCount => node.Outputs.Count;

    /// <summary>True where input <paramref name="index"/> is there.</summary>
    public bool Has(int index) => index < node.Inputs.Count && node.Inputs[index].Length > 0;

    /// <summary>True where somebody may want output <paramref name="index"/>.</summary>
    public bool Wants(int index) => index < node.Outputs.Count && node.Outputs[index].Length > 0;

    /// <summary>An input that is known at import, borrowed; null otherwise.</summary>
    public Tensor? Constant(int index) => Has(index) ? constants(node.Inputs[index]) : null;

    /// <summary>A known input as whole numbers; null where it is missing or not known.</summary>
    public long[]? ConstantIntegers(int index) => Constant(index) is { } tensor ? Read.Integers(tensor) : null;

    public long Integer(string name, long missing) => Get(name, 2)?.Integer ?? missing;

    public bool Flag(string name, bool missing = false) => Integer(name, missing ? 1 : 0) != 0;

    public double Float(string name, double missing) => Get(name, 1)?.Float ?? missing;

    public string Text(string name, string missing) => Get(name, 3)?.Text ?? missing;

    public long[]? Integers(string name) => Get(name, 7)?.Integers.ToArray();

    public double[]? Floats(string name) => Get(name, 6)?.Floats.Select(value => (double)value).ToArray();

    public IReadOnlyList<string>? Texts(string name) => Get(name, 8)?.Texts;

    public OnnxTensor? Tensor(string name) => Get(name, 4)?.Tensor;

    public Subgraph Graph(string name) => compile(Get(name, 5)?.Graph ?? throw Bad($"lacks its graph '{name}'"));

    /// <summary>Whole numbers that are an attribute in old operator sets and an input in newer ones; null: left out.</summary>
    public Func<Tensor?[], long[]?> IntegersOrInput(string name, int index)
    {
        if (Integers(name) is { } values) return _ => values;
        if (!Has(index)) return _ => null;
        long[]? known = ConstantIntegers(index);
        return known is not null ? _ => known : inputs => Read.Integers(inputs[index]!);
    }

    /// <summary>Requires at least some inputs.</summary>
    public void Needs(int inputs)
    {
        for (int i = 0; i < inputs; i++)
        {
            if (!Has(i)) throw Bad($"has {node.Inputs.Count} inputs, but input {i} is needed");
        }
    }

    public InvalidDataException Bad(string what) => new($"Node {node.Label} {what}.");

    public NotSupportedException Unsupported(string what) => new($"Node {node.Label} {what}, which Golgi does not do.");

    /// <summary>A shape that may be created: no negative sizes, not absurdly many elements.</summary>
    public long[] Reasonable(long[] shape)
    {
        long bytes = TensorBytes.Length(shape, ScalarType.Byte);
        return bytes >= 0 && bytes <= MostElements ? shape : throw Bad($"asks for a tensor of shape [{string.Join(", ", shape)}]");
    }

    private OnnxAttribute? Get(string name, int kind)
    {
        if (!node.Attributes.TryGetValue(name, out var attribute)) return null;
        if (attribute.IsReference) throw Bad($"takes '{name}' from an enclosing function, and there is none");
        // An empty list may have been written without any kind.
        return attribute.Kind == kind || (attribute.Kind == 0 && kind >= 6)
            ? attribute
            : throw Bad($"has '{name}' of kind {attribute.Kind} where kind {kind} belongs");
    }
}
