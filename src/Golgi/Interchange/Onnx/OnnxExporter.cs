using Golgi.Networks.Export;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>Writes networks as ONNX: the reference networks, torch's layers in sequence, modules that implement
/// <see cref="IOnnxExport"/>, and imported networks with their current weights.</summary>
public static class OnnxExporter
{
    // The oldest versions that have all operators used here; Gelu came later.
    private const long Opset = 17, IrVersion = 8, GeluOpset = 20, GeluIrVersion = 9;

    /// <summary>Writes a network to a file, by way of a temporary file and a rename.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="network">The network as it computes in evaluation mode; borrowed.</param>
    /// <param name="inputShape">The shape of one input without the batch, which stays open; not needed for imported networks.</param>
    /// <exception cref="ArgumentException">A layer is of a kind that Golgi does not write as ONNX; the message names it.</exception>
    public static void Export(string path, nn.Module<Tensor, Tensor> network, IReadOnlyList<long> inputShape) =>
        OnnxWriter.Write(path, ToModel(network, inputShape));

    /// <summary>The model of a network.</summary>
    /// <inheritdoc cref="Export"/>
    public static OnnxModel ToModel(nn.Module<Tensor, Tensor> network, IReadOnlyList<long> inputShape)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputShape);
        if (network is OnnxNetwork imported) return Again(imported);
        var builder = new OnnxGraphBuilder();
        builder.Graph.Name = network.GetName();
        builder.Graph.Inputs.Add(new OnnxValue("input", OnnxElement.Float, [-1, .. inputShape]));
        string last = builder.Module(network, "", "input");
        string output = builder.Node("Identity", "output", [last]);
        builder.Graph.Outputs.Add(new OnnxValue(output, OnnxElement.Float, null));
        bool gelu = builder.Graph.Nodes.Any(node => node.Operator == "Gelu");
        var model = new OnnxModel { IrVersion = gelu ? GeluIrVersion : IrVersion, Producer = "Golgi", Graph = builder.Graph };
        model.Opsets[""] = gelu ? GeluOpset : Opset;
        return model;
    }

    // The graph as it runs, what was known folded in, with the weights of now.
    private static OnnxModel Again(OnnxNetwork network)
    {
        using var scope = NewDisposeScope();
        var source = network.Model;
        var model = new OnnxModel { IrVersion = Math.Max(source.IrVersion, 7), Producer = "Golgi" };
        foreach (var (domain, version) in source.Opsets) model.Opsets[domain] = version;
        var graph = model.Graph;
        graph.Name = source.Graph.Name;
        graph.Inputs.AddRange(network.Inputs.Select(Wide));
        graph.Outputs.AddRange(network.Outputs.Select(Wide));
        var stored = new HashSet<string>();
        foreach (var step in network.Plan.Steps)
        {
            for (int i = 0; i < step.Inputs.Length; i++)
            {
                var value = step.Weights.TryGetValue(i, out var weight) ? weight()
                    : network.Plan.Constants.GetValueOrDefault(step.Inputs[i]);
                if (value is not null && stored.Add(step.Node.Inputs[i])) graph.Initializers.Add(OnnxTensor.From(step.Node.Inputs[i], value));
            }

            graph.Nodes.Add(Wide(step.Node));
        }

        return model;
    }

    private static OnnxValue Wide(OnnxValue value) =>
        value.ElementType is OnnxElement.Half or OnnxElement.BFloat16 ? value with { ElementType = OnnxElement.Float } : value;

    // Half precision was imported as float32; what casts to it casts to float32 now.
    private static OnnxNode Wide(OnnxNode node)
    {
        if (node.Operator != "Cast" || !node.Attributes.TryGetValue("to", out var to) || to.Integer is not (OnnxElement.Half or OnnxElement.BFloat16))
        {
            return node;
        }
        var cast = new OnnxNode { Name = node.Name, Operator = node.Operator };
        cast.Inputs.AddRange(node.Inputs);
        cast.Outputs.AddRange(node.Outputs);
        cast.Attributes["to"] = OnnxAttribute.Of((long)OnnxElement.Float);
        return cast;
    }
}
