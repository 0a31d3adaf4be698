using Golgi.Interchange.Onnx;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>Two values combined channel by channel: what is added to each other stays or goes together.</summary>
internal sealed class JoiningRule : ChannelRule
{
    public override bool Fits(OnnxNode node, ChannelFlow flow) =>
        node.Operator is "Add" or "Sub" or "Mul" && node.Inputs.Count == 2
        && flow.Of(node.Inputs[0]) is { } one && flow.Of(node.Inputs[1]) is { } other && one.Count == other.Count && one.Rank == other.Rank;

    public override Channels? Forward(OnnxNode node, ChannelFlow flow)
    {
        Channels one = flow.Of(node.Inputs[0])!, other = flow.Of(node.Inputs[1])!;
        flow.Classes.Join(one.Ids, other.Ids);
        return one.With(node.Operator switch
        {
            "Add" => one.Constants + other.Constants,
            "Sub" => one.Constants - other.Constants,
            _ => one.Constants * other.Constants,
        });
    }

    public override void Backward(OnnxNode node, Channels? output, ChannelFlow flow)
    {
        foreach (string input in node.Inputs) NeededChannels.Same(output!, flow.Of(input)!);
    }

    public override OnnxNode Rewrite(OnnxNode node, Channels? output, ChannelFlow flow) => node;
}
