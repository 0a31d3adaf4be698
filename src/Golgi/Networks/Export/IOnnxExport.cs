namespace Golgi.Networks.Export;

/// <summary>A module that can say itself in ONNX nodes.</summary>
public interface IOnnxExport
{
    /// <summary>Appends the nodes that compute what <c>forward</c> computes in evaluation mode.</summary>
    /// <param name="graph">Where nodes and weights go.</param>
    /// <param name="name">The module's dotted name in the whole network; weights are named below it.</param>
    /// <param name="input">The name of the value that goes in.</param>
    /// <returns>The name of the value that comes out.</returns>
    string Export(ExportGraph graph, string name, string input);
}
