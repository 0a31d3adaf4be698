using Golgi.Foundation;
using Golgi.Interchange.Wire;

namespace Golgi.Interchange.Onnx;

/// <summary>Writes ONNX files.</summary>
public static class OnnxWriter
{
    /// <summary>Writes a model to a temporary file and renames it.</summary>
    /// <exception cref="ArgumentException">It is larger than the 2 GB that the format allows.</exception>
    public static void Write(string path, OnnxModel model)
    {
        byte[] bytes = ToBytes(model);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The bytes of a model.</summary>
    /// <exception cref="ArgumentException">It is larger than the 2 GB that the format allows.</exception>
    public static byte[] ToBytes(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Graph.Initializers.Sum(
            tensor => Math.Max(0, tensor.Count) * Math.Max(1, OnnxElement.Size(tensor.ElementType))) > int.MaxValue - (1 << 20))
        {
            throw new ArgumentException("The weights take more than the 2 GB that an ONNX file holds. Write safetensors instead.", nameof(model));
        }

        var writer = new WireWriter();
        writer.Integer(1, model.IrVersion);
        writer.Text(2, model.Producer);
        writer.Message(7, graph => Graph(graph, model.Graph));
        foreach (var (domain, version) in model.Opsets)
        {
            writer.Message(8, opset =>
            {
                opset.Text(1, domain);
                opset.Integer(2, version);
            });
        }

        foreach (var (key, value) in model.Metadata)
        {
            writer.Message(14, pair =>
            {
                pair.Text(1, key);
                pair.Text(2, value);
            });
        }

        return writer.Written.ToArray();
    }

    private static void Graph(WireWriter writer, OnnxGraph graph)
    {
        foreach (var node in graph.Nodes) writer.Message(1, message => Node(message, node));
        writer.Text(2, graph.Name.Length > 0 ? graph.Name : "graph");
        foreach (var initializer in graph.Initializers) writer.Message(5, message => Tensor(message, initializer));
        foreach (var value in graph.Inputs) writer.Message(11, message => Value(message, value));
        foreach (var value in graph.Outputs) writer.Message(12, message => Value(message, value));
    }

    private static void Node(WireWriter writer, OnnxNode node)
    {
        foreach (string input in node.Inputs.Take(node.Inputs.Count - node.Captured)) writer.Text(1, input);
        foreach (string output in node.Outputs) writer.Text(2, output);
        if (node.Name.Length > 0) writer.Text(3, node.Name);
        writer.Text(4, node.Operator);
        foreach (var (name, attribute) in node.Attributes) writer.Message(5, message => Attribute(message, name, attribute));
        if (node.Domain.Length > 0) writer.Text(7, node.Domain);
    }

    private static void Attribute(WireWriter writer, string name, OnnxAttribute attribute)
    {
        writer.Text(1, name);
        switch (attribute.Kind)
        {
            case 1: writer.Float(2, attribute.Float); break;
            case 2: writer.Integer(3, attribute.Integer); break;
            case 3: writer.Text(4, attribute.Text); break;
            case 4: writer.Message(5, message => Tensor(message, attribute.Tensor!)); break;
            case 5: writer.Message(6, message => Graph(message, attribute.Graph!)); break;
            case 6: foreach (float value in attribute.Floats) writer.Float(7, value); break;
            case 7: foreach (long value in attribute.Integers) writer.Integer(8, value); break;
            case 8: foreach (string value in attribute.Texts) writer.Text(9, value); break;
            default: throw new ArgumentException($"Attribute '{name}' is of kind {attribute.Kind}, which Golgi does not write.");
        }

        writer.Integer(20, attribute.Kind);
    }

    private static void Tensor(WireWriter writer, OnnxTensor tensor)
    {
        foreach (long size in tensor.Shape) writer.Integer(1, size);
        writer.Integer(2, tensor.ElementType);
        if (tensor.Name.Length > 0) writer.Text(8, tensor.Name);
        writer.Bytes(9, tensor.RawBytes().Span);
    }

    private static void Value(WireWriter writer, OnnxValue value)
    {
        writer.Text(1, value.Name);
        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, value.ElementType);
            if (value.Shape is not { } shape) return;
            tensor.Message(2, sizes =>
            {
                for (int i = 0; i < shape.Count; i++) Dimension(sizes, shape[i], value.OpenNames.ElementAtOrDefault(i));
            });
        }));
    }

    private static void Dimension(WireWriter sizes, long size, string? name) => sizes.Message(1, dimension =>
    {
        if (size >= 0) dimension.Integer(1, size);
        else dimension.Text(2, name is { Length: > 0 } ? name : "N");
    });
}
