namespace Golgi.Interchange.Onnx;

/// <summary>Makes networks of ONNX files.</summary>
public static class OnnxImporter
{
    /// <summary>Reads a file and makes a network of it.</summary>
    /// <param name="path">An ONNX file, operator sets 7 to 22, weights inside or in external files beside it.</param>
    /// <returns>The network, in evaluation mode, on the CPU; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or uses operators that Golgi does not compute: all are named with their
    /// nodes.</exception>
    public static OnnxNetwork Import(string path)
    {
        var model = OnnxReader.Read(path);
        try
        {
            return Import(model);
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: {error.Message}", error.InnerException ?? error);
        }
    }

    /// <summary>Makes a network of a parsed model.</summary>
    /// <exception cref="InvalidDataException">The model cannot be computed; see <see cref="Import(string)"/>.</exception>
    public static OnnxNetwork Import(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (Unsupported(model) is { Count: > 0 } missing)
        {
            throw new InvalidDataException(
                $"Operators that Golgi does not compute: {string.Join("; ", missing.Take(20))}.", new NotSupportedException());
        }

        long opset = model.Opsets.GetValueOrDefault("", 0);
        bool readable = opset >= OperatorTable.OldestOpset || Nodes(model.Graph).All(node => OperatorTable.IsOlder(node, opset));
        if (!readable || opset > OperatorTable.NewestOpset)
        {
            string given = opset == 0 ? "no standard operator set" : $"operator set {opset}";
            throw new InvalidDataException(
                $"The model speaks {given}; Golgi reads {OperatorTable.OldestOpset} to {OperatorTable.NewestOpset}.", new NotSupportedException());
        }

        if (model.Graph.Outputs.Count == 0) throw new InvalidDataException("The graph has no outputs.");
        if (model.Graph.Inputs.Concat(model.Graph.Outputs).FirstOrDefault(
            value => value.IsNotTensor || value.ElementType == OnnxElement.Text) is { } other)
        {
            throw new InvalidDataException($"'{other.Name}' is not a tensor of numbers.", new NotSupportedException());
        }

        var (plan, layers) = GraphCompiler.Compile(model);
        return new OnnxNetwork(model, plan, layers);
    }

    /// <summary>The nodes that Golgi has no operator for, branches and loop bodies included, as messages name them.</summary>
    public static IReadOnlyList<string> Unsupported(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. Nodes(model.Graph).Where(node => !OperatorTable.Knows(node))
            .Select(node => node.Domain.Length > 0 ? $"{node.Label} of domain {node.Domain}" : node.Label)];
    }

    private static IEnumerable<OnnxNode> Nodes(OnnxGraph graph) => graph.Nodes.SelectMany(node =>
        node.Attributes.Values.Where(attribute => attribute.Graph is not null).SelectMany(attribute => Nodes(attribute.Graph!)).Prepend(node));
}
