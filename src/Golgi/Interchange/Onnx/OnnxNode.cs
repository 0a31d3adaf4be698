namespace Golgi.Interchange.Onnx;

/// <summary>One operation.</summary>
public sealed class OnnxNode
{
    /// <summary>Its name; often empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>The operator: <c>Conv</c>.</summary>
    public string Operator { get; set; } = "";

    /// <summary>The operator's domain; the standard one is "".</summary>
    public string Domain { get; set; } = "";

    /// <summary>Names of the values that go in; "" for one that is left out.</summary>
    public List<string> Inputs { get; } = [];

    /// <summary>Names of the values that come out; "" for one that nobody wants.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>Settings by name.</summary>
    public Dictionary<string, OnnxAttribute> Attributes { get; } = [];

    /// <summary>How many inputs at the end are values that the node's own graphs read from the enclosing graph.</summary>
    internal int Captured { get; set; }

    /// <summary>What messages call it: its name, or its first output, with the operator.</summary>
    public string Label => $"{Operator} '{(Name.Length > 0 ? Name : Outputs.FirstOrDefault() ?? "")}'";

    /// <inheritdoc/>
    public override string ToString() => Label;
}
