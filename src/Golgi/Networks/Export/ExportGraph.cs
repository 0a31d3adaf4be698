using static TorchSharp.torch;

namespace Golgi.Networks.Export;

/// <summary>A graph of ONNX nodes while it is written: what a module that exports itself appends to.</summary>
public abstract class ExportGraph
{
    /// <summary>Appends a node with one output.</summary>
    /// <param name="type">The operator, of ONNX's own domain.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="inputs">The values that go in.</param>
    /// <param name="attributes">Its attributes: <c>long</c>, <c>float</c>, <c>string</c> or a list of <c>long</c> by name.</param>
    /// <returns>The name of the value that comes out.</returns>
    /// <exception cref="ArgumentException">An attribute is of another type.</exception>
    public abstract string Node(string type, string name, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes);

    /// <summary>Stores a tensor; the same name stores it once.</summary>
    /// <param name="name">Its name in the graph.</param>
    /// <param name="tensor">Borrowed; copied.</param>
    /// <returns>The name.</returns>
    public abstract string Weight(string name, Tensor tensor);

    /// <summary>Appends a module: one of torch's layers, or one that exports itself.</summary>
    /// <param name="module">The module; borrowed.</param>
    /// <param name="name">Its dotted name.</param>
    /// <param name="input">The name of the value that goes in.</param>
    /// <returns>The name of the value that comes out.</returns>
    /// <exception cref="ArgumentException">The module is of a kind that Golgi does not write as ONNX.</exception>
    public abstract string Module(nn.Module module, string name, string input);

    /// <summary>Appends a module's children, one after another.</summary>
    /// <inheritdoc cref="Module"/>
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
