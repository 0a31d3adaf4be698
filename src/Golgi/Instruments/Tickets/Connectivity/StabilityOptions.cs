using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Jobs;
using Golgi.Weights.Masks;

namespace Golgi.Instruments.Tickets.Connectivity;

/// <summary>How to look at a training's stability.</summary>
public sealed record StabilityOptions
{
    /// <summary>Steps at which the training forks into two orders of examples. Default: 0.</summary>
    public IReadOnlyList<long> Forks { get; init; } = [0];

    /// <summary>Points along the line between the two ends, both included. Default 11.</summary>
    public int Points { get => field; init => field = (int)Check.InRange(value, 2, 1000, nameof(Points)); } = 11;

    /// <summary>A barrier below this is stable. Default 0.02 (Frankle et al. 2020).</summary>
    public double Threshold { get => field; init => field = Check.Fraction(value, nameof(Threshold)); } = 0.02;

    /// <summary>Rounds of pruning after the whole network: each round's mask is cut from the end of the first of the two trainings before, and both
    /// are trained again under it from the rewound weights. Default 0: the whole network only.</summary>
    public int Rounds { get => field; init => field = (int)Check.InRange(value, 0, 1000, nameof(Rounds)); }

    /// <summary>How many weights go in a round, and the size at which the two ends' masks are compared. Default: the paper's rates.</summary>
    public PruningRates Rates { get; init; } = new();

    /// <summary>A ticket whose mask is trained instead of the whole network; null: the whole.</summary>
    public string? Ticket { get; init; }

    /// <summary>Which weights can be pruned. Default: all kernels.</summary>
    public MaskScope Scope { get; init; } = MaskScope.Kernels;

    /// <summary>How the two are trained.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>The ticket by its contents.</summary>
    internal string? TicketDigest => Ticket is null ? null : Digest.OfFile(Ticket);

    /// <summary>What the look depends on.</summary>
    internal JsonObject Describe(Blueprint blueprint, IReadOnlyList<long> seeds)
    {
        var json = blueprint.Describe(Recipe with { Seed = seeds[0] });
        json["seeds"] = new JsonArray([.. seeds.Select(seed => JsonValue.Create(seed))]);
        json["forks"] = new JsonArray([.. Forks.Select(fork => JsonValue.Create(fork))]);
        json["points"] = Points;
        json["threshold"] = Threshold;
        json["rounds"] = Rounds;
        json["rates"] = Rates.Description;
        json["scope"] = Scope.Description;
        json["ticket"] = TicketDigest;
        return json;
    }
}
