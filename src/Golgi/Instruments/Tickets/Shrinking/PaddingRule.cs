using Golgi.Interchange.Onnx;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>Zeros around images, or channels of zeros before and after the others (a residual network's shortcut).</summary>
internal sealed class PaddingRule : ChannelRule
{
    public override bool Fits(OnnxNode node, ChannelFlow flow) =>
        node.Operator == "Pad" && node.Inputs.Count == 2 && flow.Of(node.Inputs[0]) is { } input
        && Pads(node, flow) is { } pads && pads.Length == 2 * input.Rank && pads[0] == 0 && pads[input.Rank] == 0 && pads.All(pad => pad >= 0)
        && (!node.Attributes.TryGetValue("mode", out var mode) || mode.Text == "constant");

    public override Channels? Forward(OnnxNode node, ChannelFlow flow)
    {
        var input = flow.Of(node.Inputs[0])!;
        var (before, after) = Added(node, flow, input);
        int[] ids = [.. flow.Classes.Add(before), .. input.Ids, .. flow.Classes.Add(after)];
        bool around = Pads(node, flow)!.Sum() > before + after;
        var inner = around ? input.Constants.masked_fill(input.Constants.ne(0), double.NaN) : input.Constants;
        return new Channels(ids, cat([zeros(before), inner, zeros(after)]), input.Rank);
    }

    public override void Backward(OnnxNode node, Channels? output, ChannelFlow flow)
    {
        var input = flow.Of(node.Inputs[0])!;
        long before = Added(node, flow, input).Before;
        for (int i = 0; i < input.Count; i++) input.Needed[i] |= output!.Needed[before + i];
    }

    public override OnnxNode Rewrite(OnnxNode node, Channels? output, ChannelFlow flow)
    {
        var input = flow.Of(node.Inputs[0])!;
        var (before, after) = Added(node, flow, input);
        long[] pads = Pads(node, flow)!;
        pads[1] = flow.Classes.Staying(output!.Ids[..(int)before]).Length;
        pads[input.Rank + 1] = flow.Classes.Staying(output.Ids[^(int)after..]).Length;
        return ChannelFlow.With(node, (1, flow.Store(node.Inputs[1], tensor(pads))));
    }

    private static (long Before, long After) Added(OnnxNode node, ChannelFlow flow, Channels input)
    {
        long[] pads = Pads(node, flow)!;
        return (pads[1], pads[input.Rank + 1]);
    }

    private static long[]? Pads(OnnxNode node, ChannelFlow flow) => flow.Constant(node.Inputs[1])?.data<long>().ToArray();
}
