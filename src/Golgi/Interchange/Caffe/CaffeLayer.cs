using Golgi.Interchange.Onnx;
using static TorchSharp.torch;

namespace Golgi.Interchange.Caffe;

/// <summary>One Caffe layer as ONNX nodes. The last node's outputs are the layer's tops, which the graph names.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="layer">Its definition.</param>
/// <param name="bottoms">The values that it reads.</param>
/// <param name="weight">Takes a blob in as an initializer: index, name, and the form that ONNX wants; null where there is no such blob.</param>
internal sealed class CaffeLayer(
    string name, TextMessage layer, string[] bottoms, Func<int, string, Func<Tensor, Tensor>, string?> weight)
{
    private readonly List<OnnxNode> nodes = [];

    /// <summary>A node that passes a value on under another name.</summary>
    public static OnnxNode Copy(string name, string from, string to)
    {
        var node = new OnnxNode { Name = name, Operator = "Identity" };
        node.Inputs.Add(from);
        node.Outputs.Add(to);
        return node;
    }

    public List<OnnxNode> Nodes(string kind)
    {
        if (bottoms.Length == 0) throw Bad("has no bottom");
        switch (kind)
        {
            case "Convolution": Convolution("Conv"); break;
            case "Deconvolution": Convolution("ConvTranspose"); break;
            case "InnerProduct": InnerProduct(); break;
            case "Pooling": Pooling(); break;
            case "ReLU": Rectifier(); break;
            case "LRN": LocalResponse(); break;
            case "Dropout": Add("Dropout", bottoms); break;
            case "Concat": Add("Concat", bottoms, ("axis", OnnxAttribute.Of(Axis("concat_param")))); break;
            case "Softmax" or "SoftmaxWithLoss": Add("Softmax", bottoms[..1], ("axis", OnnxAttribute.Of(Axis("softmax_param")))); break;
            case "Sigmoid": Add("Sigmoid", bottoms); break;
            case "TanH": Add("Tanh", bottoms); break;
            case "AbsVal": Add("Abs", bottoms); break;
            case "ELU": Add("Elu", bottoms, ("alpha", OnnxAttribute.Of((float)layer.Message("elu_param").Number("alpha", 1)))); break;
            case "PReLU": Add("PRelu", [bottoms[0], Needed(0, "weight", blob => blob.reshape(-1, 1, 1))]); break;
            case "Flatten": Add("Flatten", bottoms, ("axis", OnnxAttribute.Of(Axis("flatten_param")))); break;
            case "Reshape": Reshape(); break;
            case "Split": Add("Identity", bottoms); break;
            case "Slice": Slice(); break;
            case "Eltwise": Elementwise(); break;
            case "Power": Power(); break;
            case "BatchNorm": BatchNorm(); break;
            case "Scale": Scale(); break;
            default: throw new InvalidDataException($"Layer '{name}' is of kind {kind}, which Golgi does not compute.", new NotSupportedException());
        }

        return nodes;
    }

    private void Convolution(string type)
    {
        var p = layer.Message("convolution_param");
        string kernel = Needed(0, "weight", blob => blob);
        string? bias = p.Flag("bias_term", true) ? Needed(1, "bias", blob => blob.reshape(-1)) : null;
        long[] pads = Pair(p, "pad", 0);
        Add(
            type,
            bias is null ? [bottoms[0], kernel] : [bottoms[0], kernel, bias],
            ("kernel_shape", OnnxAttribute.Of(Pair(p, "kernel", 1, "kernel_size"))),
            ("strides", OnnxAttribute.Of(Pair(p, "stride", 1))),
            ("pads", OnnxAttribute.Of([.. pads, .. pads])),
            ("dilations", OnnxAttribute.Of(Pair(p, "dilation", 1))),
            ("group", OnnxAttribute.Of(p.Integer("group", 1))));
    }

    private void InnerProduct()
    {
        var p = layer.Message("inner_product_param");
        long outputs = p.Integer("num_output", 0);
        string flat = Add("Flatten", bottoms[..1], $"{name}/flatten", ("axis", OnnxAttribute.Of(p.Integer("axis", 1))));
        string kernel = Needed(0, "weight", blob => p.Flag("transpose", false) ? blob.reshape(-1, outputs).t() : blob.reshape(outputs, -1));
        string? bias = p.Flag("bias_term", true) ? Needed(1, "bias", blob => blob.reshape(-1)) : null;
        Add("Gemm", bias is null ? [flat, kernel] : [flat, kernel, bias], ("transB", OnnxAttribute.Of(1L)));
    }

    private void Pooling()
    {
        var p = layer.Message("pooling_param");
        string kind = p.Text("pool", "MAX");
        bool average = kind is "AVE" or "1";
        if (!average && kind is not ("MAX" or "0"))
        {
            throw new InvalidDataException($"Layer '{name}' pools by {kind}, which Golgi does not do.", new NotSupportedException());
        }
        if (p.Flag("global_pooling", false))
        {
            Add(average ? "GlobalAveragePool" : "GlobalMaxPool", bottoms);
            return;
        }

        // Caffe rounds sizes up, and counts padding in averages, but not beyond it.
        long[] pads = Pair(p, "pad", 0);
        (string, OnnxAttribute)[] settings =
        [
            ("kernel_shape", OnnxAttribute.Of(Pair(p, "kernel", 1, "kernel_size"))),
            ("strides", OnnxAttribute.Of(Pair(p, "stride", 1))),
            ("pads", OnnxAttribute.Of([.. pads, .. pads])),
            ("ceil_mode", OnnxAttribute.Of(p.Text("round_mode", "CEIL") is "CEIL" or "0" ? 1L : 0L)),
        ];
        if (average) Add("AveragePool", bottoms, [.. settings, ("count_include_pad", OnnxAttribute.Of(1L))]);
        else Add("MaxPool", bottoms, settings);
    }

    private void Rectifier()
    {
        double slope = layer.Message("relu_param").Number("negative_slope", 0);
        if (slope == 0) Add("Relu", bottoms);
        else Add("LeakyRelu", bottoms, ("alpha", OnnxAttribute.Of((float)slope)));
    }

    private void LocalResponse()
    {
        var p = layer.Message("lrn_param");
        if (p.Text("norm_region", "ACROSS_CHANNELS") is not ("ACROSS_CHANNELS" or "0"))
        {
            throw new InvalidDataException($"Layer '{name}' normalizes within channels, which Golgi does not do.", new NotSupportedException());
        }

        Add(
            "LRN",
            bottoms,
            ("size", OnnxAttribute.Of(p.Integer("local_size", 5))),
            ("alpha", OnnxAttribute.Of((float)p.Number("alpha", 1))),
            ("beta", OnnxAttribute.Of((float)p.Number("beta", 0.75))),
            ("bias", OnnxAttribute.Of((float)p.Number("k", 1))));
    }

    private void Reshape()
    {
        long[] sizes = [.. layer.Message("reshape_param").Message("shape").Integers("dim")];
        if (sizes.Length == 0) throw Bad("has no shape");
        Add("Reshape", [bottoms[0], Constant($"{name}/shape", tensor(sizes, ScalarType.Int64))]);
    }

    private void Slice()
    {
        var p = layer.Message("slice_param");
        long[] points = [.. p.Integers("slice_point")];
        int tops = layer.Texts("top").Count;
        if (points.Length > 0)
        {
            throw new InvalidDataException($"Layer '{name}' slices at given points, which Golgi does not do.", new NotSupportedException());
        }
        Add(
            "Split", bottoms, ("axis", OnnxAttribute.Of(p.Integer("axis", p.Integer("slice_dim", 1)))),
            ("num_outputs", OnnxAttribute.Of((long)tops)));
    }

    private void Elementwise()
    {
        var p = layer.Message("eltwise_param");
        string operation = p.Text("operation", "SUM");
        if (p.Has("coeff"))
        {
            throw new InvalidDataException(
                $"Layer '{name}' weighs its inputs by coefficients, which Golgi does not do.", new NotSupportedException());
        }
        switch (operation)
        {
            case "SUM" or "1": Add("Sum", bottoms); break;
            case "MAX" or "2": Add("Max", bottoms); break;
            default:
                string value = bottoms[0];
                for (int i = 1; i < bottoms.Length; i++)
                {
                    value = i == bottoms.Length - 1 ? Add("Mul", [value, bottoms[i]]) : Add("Mul", [value, bottoms[i]], $"{name}/{i}");
                }

                break;
        }
    }

    private void Power()
    {
        var p = layer.Message("power_param");
        string scaled = Add("Mul", [bottoms[0], Constant($"{name}/scale", tensor((float)p.Number("scale", 1)))], $"{name}/times");
        string shifted = Add("Add", [scaled, Constant($"{name}/shift", tensor((float)p.Number("shift", 0)))], $"{name}/plus");
        Add("Pow", [shifted, Constant($"{name}/power", tensor((float)p.Number("power", 1)))]);
    }

    // Mean and variance are sums; the third blob says over how much.
    private void BatchNorm()
    {
        var p = layer.Message("batch_norm_param");
        double factor = 1;
        Needed(2, "count", blob =>
        {
            double count = blob.reshape(-1)[0].item<float>();
            factor = count == 0 ? 0 : 1 / count;
            return blob;
        });
        long channels = 0;
        string mean = Needed(0, "running_mean", blob =>
        {
            channels = blob.numel();
            return blob.reshape(-1).mul(factor);
        });
        string variance = Needed(1, "running_var", blob => blob.reshape(-1).mul(factor));
        string one = Constant($"{name}/scale", ones(channels)), zero = Constant($"{name}/shift", zeros(channels));
        Add("BatchNormalization", [bottoms[0], one, zero, mean, variance], ("epsilon", OnnxAttribute.Of((float)p.Number("eps", 1e-5))));
    }

    private void Scale()
    {
        if (bottoms.Length != 1)
        {
            throw new InvalidDataException($"Layer '{name}' scales by another layer, which Golgi does not do.", new NotSupportedException());
        }
        string factor = Needed(0, "weight", blob => blob.reshape(-1, 1, 1));
        bool shifts = layer.Message("scale_param").Flag("bias_term", false);
        string product = shifts ? Add("Mul", [bottoms[0], factor], $"{name}/times") : Add("Mul", [bottoms[0], factor]);
        if (shifts) Add("Add", [product, Needed(1, "bias", blob => blob.reshape(-1, 1, 1))]);
    }

    private long Axis(string parameters) => layer.Message(parameters).Integer("axis", layer.Message(parameters).Integer("concat_dim", 1));

    // Height and width: field_h and field_w, or one number for both, or one for each.
    private long[] Pair(TextMessage p, string field, long missing, string? joint = null)
    {
        var both = p.Integers(joint ?? field);
        long[] pair = p.Has($"{field}_h") || p.Has($"{field}_w")
            ? [p.Integer($"{field}_h", missing), p.Integer($"{field}_w", missing)]
            : both.Count switch
            {
                0 => [missing, missing],
                1 => [both[0], both[0]],
                2 => [.. both],
                _ => throw Bad($"has {both.Count} values of {field}"),
            };
        return pair;
    }

    private string Needed(int index, string suffix, Func<Tensor, Tensor> form)
    {
        try
        {
            return weight(index, suffix, form) ?? throw Bad($"has no blob {index} among the weights");
        }
        catch (System.Runtime.InteropServices.ExternalException error)
        {
            throw Bad($"has a blob {index} of another shape ({error.Message.Split('\n')[0]})");
        }
    }

    private string Constant(string value, Tensor tensor)
    {
        using (tensor)
        {
            var node = new OnnxNode { Name = value, Operator = "Constant" };
            node.Attributes["value"] = OnnxAttribute.Of(OnnxTensor.From(value, tensor));
            node.Outputs.Add(value);
            nodes.Add(node);
            return value;
        }
    }

    private string Add(string type, string[] inputs, params (string Name, OnnxAttribute Value)[] settings) => Add(type, inputs, name, settings);

    private string Add(string type, string[] inputs, string node, params (string Name, OnnxAttribute Value)[] settings)
    {
        var added = new OnnxNode { Name = node, Operator = type };
        added.Inputs.AddRange(inputs);
        added.Outputs.Add($"{node}/value");
        foreach (var (key, value) in settings) added.Attributes[key] = value;
        nodes.Add(added);
        return added.Outputs[0];
    }

    private InvalidDataException Bad(string what) => new($"Layer '{name}' {what}.");
}
