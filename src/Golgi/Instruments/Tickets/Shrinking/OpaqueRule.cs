using Golgi.Interchange.Onnx;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>An operation that is not understood: all of its inputs' channels stay.</summary>
internal sealed class OpaqueRule : ChannelRule
{
    public override bool Fits(OnnxNode node, ChannelFlow flow) => true;

    public override Channels? Forward(OnnxNode node, ChannelFlow flow) => null;

    public override void Backward(OnnxNode node, Channels? output, ChannelFlow flow)
    {
        foreach (string input in node.Inputs) flow.Of(input)?.Needed.AsSpan().Fill(true);
    }

    public override OnnxNode Rewrite(OnnxNode node, Channels? output, ChannelFlow flow) => node;
}
