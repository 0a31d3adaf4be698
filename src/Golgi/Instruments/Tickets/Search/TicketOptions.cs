using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Actions;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Jobs;
using Golgi.Weights.Masks;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>How to look for lottery tickets. Defaults: Frankle and Carbin 2019, with the settings of Zhou et al. 2019.</summary>
public sealed record TicketOptions
{
    /// <summary>Which weights to keep. Default: large-final.</summary>
    public MaskCriterion Criterion { get; init; } = MaskCriterion.Find("large-final");

    /// <summary>What happens to the kept weights. Default: rewind.</summary>
    public MaskOne MaskOne { get; init; } = MaskOne.Find("rewind");

    /// <summary>What happens to the pruned weights. Default: zero.</summary>
    public MaskZero MaskZero { get; init; } = MaskZero.Find("zero");

    /// <summary>How many weights go in a round. Default: the paper's rates.</summary>
    public PruningRates Rates { get; init; } = new();

    /// <summary>Rounds of pruning. Default 10.</summary>
    public int Rounds { get => field; init => field = Check.Positive(value, nameof(Rounds)); } = 10;

    /// <summary>Whether each level's mask is cut from the dense network at once, instead of from the level before. Default: false.</summary>
    public bool OneShot { get; init; }

    /// <summary>The step of the dense training to which kept weights are rewound. Default 0: the first weights.</summary>
    public long RewindStep { get => field; init => field = Check.InRange(value, 0, long.MaxValue, nameof(RewindStep)); }

    /// <summary>Which weights can be pruned. Default: all kernels.</summary>
    public MaskScope Scope { get; init; } = MaskScope.Kernels;

    /// <summary>Controls that are trained beside each level's ticket: <c>random</c>, a random mask of equal sparsity in each layer;
    /// <c>reinit</c>, the ticket's mask over weights drawn anew. Default: both.</summary>
    public IReadOnlyList<string> Controls
    {
        get => field;
        init => field = [.. value.Select(name => Check.Known(name, ["random", "reinit"], "control", nameof(Controls)))];
    } = ["random", "reinit"];

    /// <summary>How each level is trained.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>What every training of a search depends on.</summary>
    internal JsonObject Describe(Blueprint blueprint, long seed)
    {
        var json = blueprint.Describe(Recipe with { Seed = seed });
        json["scope"] = Scope.Description;
        return json;
    }

    /// <summary>What a whole search depends on.</summary>
    internal JsonObject Describe(Blueprint blueprint, IReadOnlyList<long> seeds)
    {
        var json = Describe(blueprint, seeds[0]);
        json["seeds"] = new JsonArray([.. seeds.Select(seed => JsonValue.Create(seed))]);
        var search = Search();
        search["rounds"] = Rounds;
        search["controls"] = new JsonArray([.. Controls.Select(control => JsonValue.Create(control))]);
        json["search"] = search;
        return json;
    }

    /// <summary>What a level's result depends on beside the training, for its run's name.</summary>
    internal JsonObject Lineage(int level, string variant)
    {
        var lineage = Search();
        lineage["level"] = level;
        lineage["variant"] = variant;
        return lineage;
    }

    private JsonObject Search() => new()
    {
        ["criterion"] = Criterion.Name,
        ["mask_one"] = MaskOne.Name,
        ["mask_zero"] = MaskZero.Name,
        ["rates"] = Rates.Kind,
        ["rate"] = Rates.Rate,
        ["layer_rates"] = string.Join(' ', Rates.Layers.Select(entry => $"{entry.Key}={entry.Value:R}")),
        ["one_shot"] = OneShot,
        ["rewind_step"] = RewindStep,
    };
}
