namespace Golgi.Instruments.Tickets.Files;

/// <summary>Where a ticket comes from: everything that is needed to make its network again, and how the mask was found.</summary>
public sealed record TicketLineage
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>The shape of one input.</summary>
    public required IReadOnlyList<long> InputShape { get; init; }

    /// <summary>Number of outputs.</summary>
    public required int Classes { get; init; }

    /// <summary>Seed of the first weights.</summary>
    public required long Seed { get; init; }

    /// <summary>What lies under the mask.</summary>
    public required TicketWeights Weights { get; init; }

    /// <summary>How the mask was found: a criterion's or learner's name.</summary>
    public required string Criterion { get; init; }

    /// <summary>The initialization that was asked for; null: the network's own.</summary>
    public string? Initialization { get; init; }

    /// <summary>The data that it was found with.</summary>
    public string Data { get; init; } = "";

    /// <summary>What happened to the kept weights.</summary>
    public string? MaskOne { get; init; }

    /// <summary>What happened to the pruned weights.</summary>
    public string? MaskZero { get; init; }

    /// <summary>The step to which kept weights were rewound; null: none.</summary>
    public long? RewindStep { get; init; }

    /// <summary>The run of the level before, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>SHA-256 over what the seed must give again: all first weights, or their signs alone under signed constants.</summary>
    public string Fingerprint { get; init; } = "";
}
