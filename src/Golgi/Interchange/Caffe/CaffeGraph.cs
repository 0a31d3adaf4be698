using Golgi.Interchange.Onnx;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Interchange.Caffe;

/// <summary>A Caffe definition as an ONNX graph.</summary>
internal sealed class CaffeGraph
{
    private static readonly HashSet<string> TrainingOnly =
        ["Data", "ImageData", "HDF5Data", "MemoryData", "DummyData", "WindowData", "Accuracy", "Silence", "EuclideanLoss", "HingeLoss",
         "SigmoidCrossEntropyLoss", "ContrastiveLoss", "InfogainLoss", "MultinomialLogisticLoss"];

    // The old form writes kinds in capitals.
    private static readonly Dictionary<string, string> OldKinds = new()
    {
        ["CONVOLUTION"] = "Convolution",
        ["DECONVOLUTION"] = "Deconvolution",
        ["INNER_PRODUCT"] = "InnerProduct",
        ["POOLING"] = "Pooling",
        ["RELU"] = "ReLU",
        ["LRN"] = "LRN",
        ["DROPOUT"] = "Dropout",
        ["CONCAT"] = "Concat",
        ["SOFTMAX"] = "Softmax",
        ["SOFTMAX_LOSS"] = "SoftmaxWithLoss",
        ["SIGMOID"] = "Sigmoid",
        ["TANH"] = "TanH",
        ["ELTWISE"] = "Eltwise",
        ["FLATTEN"] = "Flatten",
        ["SPLIT"] = "Split",
        ["DATA"] = "Data",
        ["IMAGE_DATA"] = "ImageData",
        ["ACCURACY"] = "Accuracy",
        ["ABSVAL"] = "AbsVal",
        ["POWER"] = "Power",
        ["HDF5_DATA"] = "HDF5Data",
        ["MEMORY_DATA"] = "MemoryData",
    };

    private readonly OnnxModel model = new() { Producer = "Caffe" };
    private readonly NamedTensors blobs;
    private readonly Dictionary<string, string> current = [];         // Caffe's blob -> the value that it is now (layers work in place)
    private readonly HashSet<string> read = [];

    private CaffeGraph(NamedTensors blobs) => this.blobs = blobs;

    /// <summary>Converts a definition with its weights.</summary>
    /// <exception cref="InvalidDataException">A layer is of an unknown kind, or lacks weights.</exception>
    public static OnnxModel Convert(TextMessage definition, NamedTensors blobs)
    {
        var graph = new CaffeGraph(blobs);
        graph.model.Opsets[""] = 17;
        graph.model.Graph.Name = definition.Text("name", "caffe");
        graph.Inputs(definition);
        foreach (var layer in definition.Messages("layer").Concat(definition.Messages("layers"))) graph.Layer(layer);
        graph.Outputs();
        return graph.model;
    }

    private void Inputs(TextMessage definition)
    {
        var names = definition.Texts("input");
        var sizes = definition.Integers("input_dim");
        var shapes = definition.Messages("input_shape");
        for (int i = 0; i < names.Count; i++)
        {
            Input(names[i], shapes.Count > i ? shapes[i].Integers("dim") : [.. sizes.Skip(4 * i).Take(4)]);
        }
    }

    private void Input(string name, IReadOnlyList<long> shape)
    {
        current[name] = name;
        model.Graph.Inputs.Add(new OnnxValue(name, OnnxElement.Float, [-1, .. shape.Skip(1)]));
    }

    private void Outputs()
    {
        foreach (string name in current.Values.Distinct().Where(name => !read.Contains(name)))
        {
            if (model.Graph.Inputs.Any(input => input.Name == name)) continue;
            model.Graph.Outputs.Add(new OnnxValue(name, OnnxElement.Float, null));
        }
    }

    private void Layer(TextMessage layer)
    {
        string name = layer.Text("name", ""), kind = layer.Text("type", "");
        kind = OldKinds.GetValueOrDefault(kind, kind);
        bool testing = layer.Messages("include").All(rule => rule.Text("phase", "TEST") == "TEST")
            && layer.Messages("exclude").All(rule => rule.Text("phase", "") != "TEST");
        if (TrainingOnly.Contains(kind) || !testing) return;
        if (kind == "Input")
        {
            var shapes = layer.Message("input_param").Messages("shape");
            foreach (var (top, i) in layer.Texts("top").Select((top, i) => (top, i)))
            {
                Input(top, shapes.Count > 0 ? shapes[Math.Min(i, shapes.Count - 1)].Integers("dim") : []);
            }
            return;
        }

        // A loss has the labels as a second input, which nobody gives here.
        string[] bottoms = [.. layer.Texts("bottom").Take(kind == "SoftmaxWithLoss" ? 1 : int.MaxValue).Select(bottom =>
            current.GetValueOrDefault(bottom) ?? throw new InvalidDataException($"Layer '{name}' reads '{bottom}', which nothing makes."))];
        var builder = new CaffeLayer(name, layer, bottoms, (index, suffix, form) => Weight(name, index, suffix, form));
        var nodes = builder.Nodes(kind);
        string[] tops = [.. layer.Texts("top")];
        if (tops.Length == 0) throw new InvalidDataException($"Layer '{name}' has no top.");
        for (int i = 0; i < tops.Length; i++)
        {
            // A layer that works in place, or shares its top's name with another, gives a value of its own name.
            string value = current.ContainsKey(tops[i]) || current.ContainsValue(tops[i]) ? $"{tops[i]}@{name}" : tops[i];
            var last = nodes[^1];
            if (i < last.Outputs.Count) last.Outputs[i] = value;
            else last.Outputs.Add(value);
            if (i > 0 && kind == "Split") nodes.Add(CaffeLayer.Copy(name, bottoms[0], value));
            current[tops[i]] = value;
        }

        foreach (string bottom in bottoms) read.Add(bottom);
        model.Graph.Nodes.AddRange(nodes);
    }

    private string? Weight(string layer, int index, string name, Func<Tensor, Tensor> form)
    {
        if (!blobs.TryGet($"{layer}.{index}", out var blob)) return null;
        using var scope = NewDisposeScope();
        string full = $"{layer}.{name}";
        model.Graph.Initializers.Add(OnnxTensor.From(full, form(blob)));
        return full;
    }
}
