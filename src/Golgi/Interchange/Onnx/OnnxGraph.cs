namespace Golgi.Interchange.Onnx;

/// <summary>A graph: nodes that connect named values.</summary>
public sealed class OnnxGraph
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The nodes, in the file's order (which the format asks to be an order of execution).</summary>
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>Constants with names: the weights.</summary>
    public List<OnnxTensor> Initializers { get; } = [];

    /// <summary>Inputs. Old files list the initializers here too.</summary>
    public List<OnnxValue> Inputs { get; } = [];

    /// <summary>Outputs.</summary>
    public List<OnnxValue> Outputs { get; } = [];

    /// <summary>Types of intermediate values, where the file states them.</summary>
    public List<OnnxValue> Values { get; } = [];

    /// <summary>The inputs that a caller must give: those without an initializer.</summary>
    public IReadOnlyList<OnnxValue> FreeInputs
    {
        get
        {
            var fixedNames = Initializers.Select(initializer => initializer.Name).ToHashSet();
            return [.. Inputs.Where(input => !fixedNames.Contains(input.Name))];
        }
    }
}
