using Golgi.Foundation;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>How few directions of a layer are tried.</summary>
public sealed record DirectionsOptions
{
    /// <summary>A layer that gives [N, features], or maps [N, channels, H, W], whose channels are then its features.</summary>
    public required string Layer { get; init; }

    /// <summary>Numbers of directions, each 1 or more; empty: 1, 2, 3, 5, 7, 10, 15, ... to the layer's width.</summary>
    public IReadOnlyList<long> Counts
    {
        get => field;
        init => field = [.. value.Select(count => Check.Positive(count, nameof(Counts)))];
    } = [];

    /// <summary>Seed of random directions and neurons. Default 0.</summary>
    public ulong Seed { get; init; }
}
