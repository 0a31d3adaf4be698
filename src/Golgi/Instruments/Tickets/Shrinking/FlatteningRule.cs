using Golgi.Interchange.Onnx;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>Images to rows: each channel becomes as many features as it has places, one channel after another.</summary>
internal sealed class FlatteningRule : ChannelRule
{
    public override bool Fits(OnnxNode node, ChannelFlow flow) =>
        flow.Of(node.Inputs[0]) is not null
        && (node.Operator == "Flatten" ? !node.Attributes.TryGetValue("axis", out var axis) || axis.Integer == 1 : IsReshapeToRows(node, flow));

    public override Channels? Forward(OnnxNode node, ChannelFlow flow) =>
        flow.Of(node.Inputs[0]) is { } input ? new Channels(input.Ids, input.Constants, 2) : null;

    public override void Backward(OnnxNode node, Channels? output, ChannelFlow flow) => NeededChannels.Same(output!, flow.Of(node.Inputs[0])!);

    public override OnnxNode Rewrite(OnnxNode node, Channels? output, ChannelFlow flow)
    {
        var flatten = new OnnxNode { Name = node.Name, Operator = "Flatten" };
        flatten.Inputs.Add(node.Inputs[0]);
        flatten.Outputs.AddRange(node.Outputs);
        return flatten;
    }

    private static bool IsReshapeToRows(OnnxNode node, ChannelFlow flow) =>
        node.Operator == "Reshape" && node.Inputs.Count == 2 && flow.Constant(node.Inputs[1]) is { } shape && shape.numel() == 2;
}
