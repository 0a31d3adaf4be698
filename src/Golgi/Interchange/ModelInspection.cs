using Golgi.Interchange.Onnx;
using Golgi.Networks;

namespace Golgi.Interchange;

/// <summary>What a file of a network or of weights holds.</summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Format">What kind of file it is.</param>
/// <param name="Producer">The tool that wrote it, where the file says so.</param>
/// <param name="Inputs">Inputs with element types and shapes.</param>
/// <param name="Outputs">Outputs likewise.</param>
/// <param name="Operators">How often each operator is used.</param>
/// <param name="Unsupported">Nodes that Golgi cannot compute; with any, layers are not measured.</param>
/// <param name="Layers">The layers; null where there are none, or the input's size is open.</param>
/// <param name="Tensors">The tensors of a weight file; empty for networks.</param>
/// <param name="Parameters">Numbers that training can change; for weight files, all numbers.</param>
/// <param name="MultiplyAdds">Multiply-adds for one input; null where layers were not measured.</param>
public sealed record ModelInspection(
    string File,
    string Format,
    string Producer,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, int> Operators,
    IReadOnlyList<string> Unsupported,
    IReadOnlyList<LayerRow>? Layers,
    IReadOnlyList<TensorRow> Tensors,
    long Parameters,
    long? MultiplyAdds)
{
    /// <summary>Looks into a file.</summary>
    /// <param name="reference">A model file, as <see cref="ModelFile.Usage"/> says, or a weight file.</param>
    /// <param name="inputShape">The shape of one input without the batch, for files that leave it open; null: as the file says.</param>
    /// <exception cref="ArgumentException">The ending is not known.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static ModelInspection Of(string reference, IReadOnlyList<long>? inputShape = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        if (!ModelFile.Accepts(reference)) return OfWeights(reference);
        try
        {
            return OfNetwork(reference, inputShape);
        }
        catch (InvalidDataException error) when (error.InnerException is NotSupportedException && ModelFile.Files(reference) is [_])
        {
            var parsed = OnnxReader.Read(ModelFile.Files(reference)[0]);
            var missing = OnnxImporter.Unsupported(parsed);
            if (missing.Count == 0) throw;
            return OfGraph(reference, Describe(parsed), parsed, null, null, missing);
        }
    }

    private static ModelInspection OfNetwork(string reference, IReadOnlyList<long>? inputShape)
    {
        using var model = ModelFile.Open(reference);
        var network = (OnnxNetwork)model.Network;
        var shape = inputShape ?? model.InputShape;
        var table = shape.Count > 0 && shape.All(size => size > 0) && network.Inputs.Count == 1 ? Measured(network, shape) : null;
        return OfGraph(reference, model.Format, network.Model, network, table, []);
    }

    // Null for a network that takes one size of batch only, as some files have it written into their shapes: layers are measured with one input.
    private static LayerTable? Measured(OnnxNetwork network, IReadOnlyList<long> shape)
    {
        try
        {
            return LayerTable.Of(network, shape);
        }
        catch (InvalidDataException) when (network.Inputs[0].Shape is [> 1, ..])
        {
            return null;
        }
    }

    private static string Describe(OnnxModel model) => $"ONNX, operator set {model.Opsets.GetValueOrDefault("", 0)}";

    private static ModelInspection OfGraph(
        string reference, string format, OnnxModel model, OnnxNetwork? network, LayerTable? table, IReadOnlyList<string> missing) => new(
        reference,
        format,
        model.Producer,
        [.. model.Graph.FreeInputs.Select(value => value.ToString())],
        [.. model.Graph.Outputs.Select(value => value.ToString())],
        model.Graph.Nodes.GroupBy(node => node.Operator).OrderByDescending(group => group.Count())
            .ToDictionary(group => group.Key, group => group.Count()),
        missing,
        table?.Layers,
        [],
        network?.parameters().Sum(parameter => parameter.numel()) ?? model.Graph.Initializers.Sum(tensor => Math.Max(0, tensor.Count)),
        table?.MultiplyAdds);

    private static ModelInspection OfWeights(string path)
    {
        using var weights = WeightFile.Read(path);
        TensorRow[] rows = [.. weights.Tensors.Select(entry => new TensorRow(entry.Name, entry.Tensor.shape, entry.Tensor.dtype.ToString()))];
        return new ModelInspection(
            path, $"weights, {Path.GetExtension(path)[1..]}", "", [], [], new Dictionary<string, int>(), [], null, rows,
            weights.Tensors.Sum(entry => entry.Tensor.numel()), null);
    }
}
