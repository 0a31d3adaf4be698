namespace Golgi.Interchange.Onnx;

/// <summary>An ONNX file as it is written: the graph, the operator sets that it speaks, who made it.</summary>
public sealed class OnnxModel
{
    /// <summary>Version of the file format.</summary>
    public long IrVersion { get; set; } = 8;

    /// <summary>The tool that wrote it.</summary>
    public string Producer { get; set; } = "";

    /// <summary>Operator set version per domain; the standard operators' domain is "".</summary>
    public Dictionary<string, long> Opsets { get; } = [];

    /// <summary>The graph.</summary>
    public OnnxGraph Graph { get; set; } = new();

    /// <summary>Free text by key.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Names of functions that the model defines, as <c>domain.name</c>. Golgi does not expand them.</summary>
    public List<string> Functions { get; } = [];
}
