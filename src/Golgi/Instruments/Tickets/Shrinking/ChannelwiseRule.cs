using Golgi.Interchange.Onnx;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>An operation on each channel by itself: activations, pooling, normalization by stored statistics, a number per channel added or
/// multiplied.</summary>
internal sealed class ChannelwiseRule : ChannelRule
{
    private static readonly HashSet<string> Activations =
    [
        "Relu", "LeakyRelu", "Sigmoid", "Tanh", "Elu", "Gelu", "Softplus", "Clip", "HardSigmoid", "HardSwish", "Selu", "Identity", "Dropout",
        "Softsign", "Mish",
    ];

    public override bool Fits(OnnxNode node, ChannelFlow flow)
    {
        if (node.Inputs.Count == 0 || node.Outputs.Count(output => output.Length > 0) != 1) return false;
        int data = Data(node, flow);
        if (data < 0 || flow.Of(node.Inputs[data]) is not { } input) return false;
        return node.Operator switch
        {
            "MaxPool" or "AveragePool" or "GlobalAveragePool" or "GlobalMaxPool" => true,
            "BatchNormalization" => Enumerable.Range(1, 4).All(i => flow.Constant(node.Inputs[i])?.numel() == input.Count),
            "Slice" => node.Inputs.Count >= 4 && flow.Constant(node.Inputs[3]) is { } axes && axes.data<long>().All(axis => axis > 1),
            "Add" or "Sub" or "Mul" or "Div" => Parameter(node, flow, data, input) is not null,
            _ => Activations.Contains(node.Operator) && node.Inputs.Skip(1).All(other => other.Length == 0 || flow.Constant(other) is not null),
        };
    }

    public override Channels? Forward(OnnxNode node, ChannelFlow flow)
    {
        int data = Data(node, flow);
        var input = flow.Of(node.Inputs[data])!;
        return node.Operator switch
        {
            "MaxPool" or "GlobalAveragePool" or "GlobalMaxPool" or "Slice" => input.With(input.Constants),
            "AveragePool" => input.With(IsPadded(node) ? input.Constants.masked_fill(input.Constants.ne(0), double.NaN) : input.Constants),
            "BatchNormalization" => input.With(Normalized(node, flow, input)),
            _ => input.With(flow.Compute(node, data, input.Constants.reshape(1, -1), Parameter(node, flow, data, input))),
        };
    }

    public override void Backward(OnnxNode node, Channels? output, ChannelFlow flow) =>
        NeededChannels.Same(output!, flow.Of(node.Inputs[Data(node, flow)])!);

    public override OnnxNode Rewrite(OnnxNode node, Channels? output, ChannelFlow flow)
    {
        int data = Data(node, flow);
        var input = flow.Of(node.Inputs[data])!;
        var staying = tensor(flow.Classes.Staying(input.Ids));
        if (node.Operator == "BatchNormalization")
        {
            return ChannelFlow.With(
                node, [.. Enumerable.Range(1, 4).Select(
                    i => (i, flow.Store(node.Inputs[i], flow.Constant(node.Inputs[i])!.index_select(0, staying))))]);
        }

        if (Parameter(node, flow, data, input) is not { } parameter || parameter.numel() == 1) return node;
        string name = node.Inputs[1 - data];
        long[] shape = [.. flow.Constant(name)!.shape.Select(side => side == input.Count ? staying.numel() : side)];
        return ChannelFlow.With(node, (1 - data, flow.Store(name, parameter.reshape(-1).index_select(0, staying).reshape(shape))));
    }

    /// <summary>Which input is the value: the first, or of two the one that is no constant.</summary>
    private static int Data(OnnxNode node, ChannelFlow flow) =>
        node.Operator is not ("Add" or "Sub" or "Mul" or "Div") ? 0
        : node.Inputs.Count != 2 ? -1
        : flow.Constant(node.Inputs[1]) is not null ? 0
        : flow.Constant(node.Inputs[0]) is not null ? 1 : -1;

    /// <summary>The other operand of an arithmetic node as one number, or one per channel, [1, channels]; null where it is neither.</summary>
    private static Tensor? Parameter(OnnxNode node, ChannelFlow flow, int data, Channels input)
    {
        if (node.Operator is not ("Add" or "Sub" or "Mul" or "Div") || flow.Constant(node.Inputs[1 - data]) is not { } value) return null;
        if (value.numel() == 1) return value.reshape(1, 1);
        long axis = value.dim() - input.Rank + 1;
        return axis >= 0 && value.shape[axis] == input.Count && value.numel() == input.Count ? value.reshape(1, -1) : null;
    }

    private static Tensor Normalized(OnnxNode node, ChannelFlow flow, Channels input)
    {
        Tensor Of(int i) => flow.Constant(node.Inputs[i])!;
        double epsilon = node.Attributes.TryGetValue("epsilon", out var given) ? given.Float : 1e-5;
        var values = ((input.Constants - Of(3)) / (Of(4) + epsilon).sqrt() * Of(1)) + Of(2);
        return where(Of(1).eq(0), Of(2), values);
    }

    private static bool IsPadded(OnnxNode node) =>
        (node.Attributes.TryGetValue("pads", out var pads) && pads.Integers.Any(pad => pad != 0)) || node.Attributes.ContainsKey("auto_pad");
}
