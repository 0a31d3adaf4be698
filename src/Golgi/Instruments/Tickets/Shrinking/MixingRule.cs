using Golgi.Interchange.Onnx;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>A matrix or a convolution of one group: every output is computed from all inputs whose weights are not zero. A constant input goes
/// into the bias, unless it is not 0 and the convolution pads, since then it is missing at the border.</summary>
internal sealed class MixingRule : ChannelRule
{
    public override bool Fits(OnnxNode node, ChannelFlow flow) =>
        node.Operator is "Conv" or "Gemm" or "MatMul" && flow.Constant(node.Inputs[1]) is { dtype: ScalarType.Float32 }
        && (!HasBias(node) || flow.Constant(node.Inputs[2])?.numel() == Weight(node, flow).shape[0])
        && flow.Of(node.Inputs[0]) is var input && (input is null || Weight(node, flow).shape[1] % input.Count == 0)
        && node.Operator switch
        {
            "Conv" => Setting(node, "group", 1) == 1,
            "Gemm" => input is null or { Rank: 2 } && IsOne(node, "alpha") && IsOne(node, "beta") && Setting(node, "transA", 0) == 0,
            _ => input is { Rank: 2 } && flow.Constant(node.Inputs[1])!.dim() == 2,
        };

    public override Channels? Forward(OnnxNode node, ChannelFlow flow)
    {
        var weight = ByInput(node, flow, out var input);                          // [outputs, inputs, places]
        var reads = weight.ne(0).any(2);
        var folded = input is null ? zeros(weight.shape[1]) : where(Stays(node, input.Constants), 0, input.Constants);
        var open = input is null ? ones(weight.shape[1], ScalarType.Bool) : Stays(node, input.Constants);
        var values = weight.sum(2).mv(folded) + Bias(node, flow, weight);
        int rank = (int)flow.Constant(node.Inputs[1])!.dim();
        return new Channels(flow.Classes.Add(weight.shape[0]), values.masked_fill(reads.logical_and(open).any(1), double.NaN), rank);
    }

    public override void Backward(OnnxNode node, Channels? output, ChannelFlow flow)
    {
        var weight = ByInput(node, flow, out var input);
        if (input is null) return;
        var needed = tensor(output!.Needed).unsqueeze(1).logical_and(weight.ne(0).any(2)).any(0).logical_and(Stays(node, input.Constants));
        var marks = needed.data<bool>();
        for (int i = 0; i < input.Count; i++) input.Needed[i] |= marks[i];
    }

    public override OnnxNode Rewrite(OnnxNode node, Channels? output, ChannelFlow flow)
    {
        var weight = ByInput(node, flow, out var input);
        var outputs = tensor(flow.Classes.Staying(output!.Ids));
        var inputs = input is null ? arange(weight.shape[1]) : tensor(flow.Classes.Staying(input.Ids));
        var bias = Bias(node, flow, weight);
        if (input is not null)
        {
            var gone = ones(input.Count, ScalarType.Bool).index_fill(0, inputs, false).logical_and(Stays(node, input.Constants).logical_not());
            bias += weight.sum(2).mv(where(gone, input.Constants, 0));
        }

        var smaller = weight.index_select(0, outputs).index_select(1, inputs);
        string kernel = flow.Store(node.Inputs[1], node.Operator switch
        {
            "Conv" => smaller.reshape([outputs.numel(), inputs.numel(), .. flow.Constant(node.Inputs[1])!.shape[2..]]),
            "Gemm" when IsTurned(node) => smaller.flatten(1),
            _ => smaller.flatten(1).t().contiguous(),
        });
        bias = bias.index_select(0, outputs);
        bool stored = HasBias(node);
        if (!stored && bias.count_nonzero().item<long>() == 0) return ChannelFlow.With(node, (1, kernel));
        var whole = ChannelFlow.With(node, (1, kernel), (2, flow.Store(stored ? node.Inputs[2] : $"{node.Inputs[1]}.bias", bias)));
        if (node.Operator == "MatMul") whole.Operator = "Gemm";                   // the same, with a bias
        return whole;
    }

    /// <summary>The matrix or kernel, [outputs, inputs or features, ...].</summary>
    private static Tensor Weight(OnnxNode node, ChannelFlow flow)
    {
        var weight = flow.Constant(node.Inputs[1])!;
        return node.Operator == "Conv" || IsTurned(node) ? weight : weight.t();
    }

    private static Tensor ByInput(OnnxNode node, ChannelFlow flow, out Channels? input)
    {
        input = flow.Of(node.Inputs[0]);
        var weight = Weight(node, flow);
        return weight.reshape(weight.shape[0], input?.Count ?? weight.shape[1], -1);
    }

    private static Tensor Bias(OnnxNode node, ChannelFlow flow, Tensor weight) =>
        HasBias(node) ? flow.Constant(node.Inputs[2])!.reshape(-1) : zeros(weight.shape[0]);

    private static bool HasBias(OnnxNode node) => node.Inputs.Count > 2 && node.Inputs[2].Length > 0;

    /// <summary>True for inputs that must be there: those that vary, and those that a border would cut off, bool [inputs].</summary>
    private static Tensor Stays(OnnxNode node, Tensor constants) => IsPadded(node) ? constants.ne(0) : constants.isnan();

    private static bool IsPadded(OnnxNode node) => node.Operator == "Conv"
        && ((node.Attributes.TryGetValue("pads", out var pads) && pads.Integers.Any(pad => pad != 0))
            || (node.Attributes.TryGetValue("auto_pad", out var automatic) && automatic.Text is "SAME_UPPER" or "SAME_LOWER"));

    private static bool IsTurned(OnnxNode node) => node.Operator == "Gemm" && Setting(node, "transB", 0) == 1;

    private static long Setting(OnnxNode node, string name, long missing) =>
        node.Attributes.TryGetValue(name, out var value) ? value.Integer : missing;

    private static bool IsOne(OnnxNode node, string name) => !node.Attributes.TryGetValue(name, out var factor) || factor.Float == 1;
}
