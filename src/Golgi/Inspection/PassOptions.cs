using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Inspection;

/// <summary>How a network is run over examples to be looked at.</summary>
public sealed record PassOptions
{
    /// <summary>Examples at a time. Default 250.</summary>
    public int Batch { get; init => field = Check.Positive(value, nameof(Batch)); } = 250;

    /// <summary>At most this many examples, spread evenly over the set; null: all.</summary>
    public long? Limit { get; init => field = value is { } limit ? Check.Positive(limit, nameof(Limit)) : null; }

    /// <summary>Where inputs are sent; null: to where the network's weights are.</summary>
    public Device? Device { get; init; }
}
