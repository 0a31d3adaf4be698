using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>The channels (or units) of one value in a network's graph.</summary>
/// <param name="Ids">The class of each channel, a handle of <see cref="ChannelClasses"/>: channels that are added to each other stay or go
/// together.</param>
/// <param name="Constants">What a channel is for every input and at every place; NaN where that varies. float32 [channels].</param>
/// <param name="Rank">Dimensions of the value, the batch included.</param>
internal sealed record Channels(int[] Ids, Tensor Constants, int Rank)
{
    /// <summary>True where some computation reads the channel; filled from the outputs backwards.</summary>
    public bool[] Needed { get; } = new bool[Ids.Length];

    /// <summary>How many there are.</summary>
    public int Count => Ids.Length;

    /// <summary>The same channels after an operation that changes each by itself.</summary>
    public Channels With(Tensor constants) => new(Ids, constants.reshape(Count), Rank);
}
