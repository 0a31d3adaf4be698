using System.Text.Json.Nodes;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Jobs;
using Golgi.Weights.Masks;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>Which masks to lay over untrained weights.</summary>
public sealed record HeuristicMaskOptions
{
    /// <summary>The criteria. Default: those of the paper's figure, with random masks.</summary>
    public IReadOnlyList<MaskCriterion> Criteria { get; init; } =
    [
        .. MaskCriterion.All.Where(one => one.Name is "large-final" or "large-final-same-sign" or "magnitude-increase" or "movement"
            or "large-init-large-final" or "large-init" or "random" or "small-final" or "large-final-diff-sign"),
    ];

    /// <summary>How many rounds each mask stands for, cut at once from the trained network. Default 0, 2, ... 24.</summary>
    public IReadOnlyList<int> Powers { get; init; } = [.. Enumerable.Range(0, 13).Select(i => 2 * i)];

    /// <summary>The rates of one round. Default: the paper's.</summary>
    public PruningRates Rates { get; init; } = new();

    /// <summary>Which weights can be pruned. Default: all kernels.</summary>
    public MaskScope Scope { get; init; } = MaskScope.Kernels;

    /// <summary>How the network is trained from which the masks are cut.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>What the measurement depends on.</summary>
    internal JsonObject Describe(Blueprint blueprint) => new()
    {
        ["criteria"] = new JsonArray([.. Criteria.Select(criterion => JsonValue.Create(criterion.Name))]),
        ["powers"] = new JsonArray([.. Powers.Select(power => JsonValue.Create(power))]),
        ["rates"] = Rates.Description,
        ["scope"] = Scope.Description,
        ["recipe"] = blueprint.Describe(Recipe),
    };

    /// <summary>The search options under which the dense network is the same run.</summary>
    internal TicketOptions Search => new() { Recipe = Recipe, Scope = Scope, Controls = [], Rounds = 1 };
}
