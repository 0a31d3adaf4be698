using Golgi.Interchange.Onnx;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>What a kind of operation does to channels: forwards which are constant, backwards which are needed, and how a node becomes
/// smaller.</summary>
internal abstract class ChannelRule
{
    /// <summary>The rule of a node.</summary>
    public static ChannelRule Of(OnnxNode node, ChannelFlow flow)
    {
        ChannelRule[] known = [new MixingRule(), new ChannelwiseRule(), new JoiningRule(), new PaddingRule(), new FlatteningRule()];
        return known.FirstOrDefault(rule => rule.Fits(node, flow)) ?? new OpaqueRule();
    }

    /// <summary>True where the rule knows the node with what goes into it.</summary>
    public abstract bool Fits(OnnxNode node, ChannelFlow flow);

    /// <summary>The channels of the node's output; null where they cannot be followed.</summary>
    public abstract Channels? Forward(OnnxNode node, ChannelFlow flow);

    /// <summary>Marks the channels of the inputs that the needed ones of the output are computed from.</summary>
    /// <param name="output">As <see cref="Forward"/> made it.</param>
    public abstract void Backward(OnnxNode node, Channels? output, ChannelFlow flow);

    /// <summary>The node without the channels that go.</summary>
    public abstract OnnxNode Rewrite(OnnxNode node, Channels? output, ChannelFlow flow);
}
