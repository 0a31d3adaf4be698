using System.Text.Json.Nodes;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Jobs;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>Measures an untrained network under masks: cut from a trained network, or learned with the weights never changing.</summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 5.</remarks>
public sealed class SupermaskJob : Job<Supermasks>
{
    private readonly Blueprint blueprint;
    private readonly IReadOnlyList<long> seeds;
    private readonly HeuristicMaskOptions? cut;
    private readonly IReadOnlyList<MaskLearningOptions> learned;

    /// <summary>Puts the job together.</summary>
    /// <param name="blueprint">The network and its data. Borrowed.</param>
    /// <param name="seeds">One per replicate; at least one.</param>
    /// <param name="cut">Which masks to cut from a trained network; null: none.</param>
    /// <param name="learned">Which masks to learn, each by another method.</param>
    /// <exception cref="ArgumentException">There is no seed, nothing is asked for, or a method stands twice.</exception>
    public SupermaskJob(
        Blueprint blueprint, IReadOnlyList<long> seeds, HeuristicMaskOptions? cut = null, params IReadOnlyList<MaskLearningOptions> learned)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(learned);
        if (cut is null && learned.Count == 0)
        {
            throw new ArgumentException("No masks are asked for; one of criteria and learners must name something.", nameof(learned));
        }

        if (learned.DistinctBy(options => options.Learner).Count() < learned.Count)
        {
            throw new ArgumentException(
                $"The learners are {string.Join(", ", learned.Select(options => options.Name))}; each must be another one.", nameof(learned));
        }

        foreach (var options in learned) options.RequireUntrained();
        (this.blueprint, this.seeds, this.cut, this.learned) = (blueprint, Replicates.Checked(seeds), cut, learned);
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("tickets-supermask", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{blueprint.Data.Name}-{blueprint.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => new()
    {
        ["network"] = blueprint.Name,
        ["initialization"] = blueprint.Initialization,
        ["seeds"] = new JsonArray([.. seeds.Select(seed => JsonValue.Create(seed))]),
        ["cut"] = cut?.Describe(blueprint),
        ["learned"] = new JsonArray([.. learned.Select(options => options.Describe(blueprint))]),
    };

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => blueprint.Inputs;

    /// <inheritdoc/>
    public override Supermasks Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var heuristic = cut is null ? null : HeuristicMasks.Measure(blueprint, cut, seeds, context);
        var jobs = learned.SelectMany(options => seeds.Select(seed => new MaskLearningJob(blueprint, options, seed)));
        var masks = context.RunAll<LearnedMask>([.. jobs]).Select(done => done.Result).ToArray();
        return new Supermasks(
            blueprint.Name,
            blueprint.Data.Name,
            heuristic is null ? null : [.. heuristic.OrderByDescending(mask => mask.Test.Mean)],
            learned.Count == 0 ? null : learned.Zip(masks.Chunk(seeds.Count))
                .ToDictionary(pair => pair.First.Name, pair => LearnedMasks.Of(pair.Second)));
    }
}
