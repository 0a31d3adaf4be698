using System.Text.Json.Nodes;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Jobs;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>
/// Looks for lottery tickets: train, prune, set the kept and the pruned weights, train again; with several seeds, and with controls
/// at equal sparsity. Each level is a run: a finished one is never repeated, a search that was stopped goes on where it was.
/// </summary>
/// <remarks>Frankle and Carbin 2019 (arXiv 1803.03635); Zhou et al. 2019 (arXiv 1905.01067).</remarks>
public sealed class FindTicketsJob : Job<TicketSearchResult>
{
    private readonly Blueprint blueprint;
    private readonly TicketOptions options;
    private readonly IReadOnlyList<long> seeds;

    /// <summary>Puts the job together.</summary>
    /// <param name="blueprint">The network and its data. Borrowed.</param>
    /// <param name="options">How.</param>
    /// <param name="seeds">One per replicate; at least one.</param>
    /// <exception cref="ArgumentException">There is no seed.</exception>
    public FindTicketsJob(Blueprint blueprint, TicketOptions options, IReadOnlyList<long> seeds)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(options);
        (this.blueprint, this.options, this.seeds) = (blueprint, options, Replicates.Checked(seeds));
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("tickets-find", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{blueprint.Data.Name}-{blueprint.Name}-{options.Criterion.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => options.Describe(blueprint, seeds);

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => blueprint.Inputs;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network does not fit the options.</exception>
    public override TicketSearchResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var chains = context.RunAll([.. seeds.Select(seed => new ChainJob(blueprint, options, seed))]);
        return Summarize([.. chains.SelectMany(chain => chain.Result.Levels)]);
    }

    private TicketSearchResult Summarize(TicketLevel[] all)
    {
        TicketStep[] steps =
        [
            .. all.Where(one => one.Variant is "dense" or "ticket").GroupBy(one => one.Level).Select(group => Step(
                [.. group], [.. all.Where(one => one.Level == group.Key && one.Variant is not ("dense" or "ticket"))])),
        ];
        var dense = steps[0].Accuracy;
        var matching = steps.Skip(1).TakeWhile(step => step.Accuracy.High >= dense.Low).ToArray();
        return new TicketSearchResult(
            steps, blueprint.Name, blueprint.Data.Name, options.Criterion.Name, options.MaskOne.Name, options.MaskZero.Name,
            matching.Length > 0 ? matching[^1].Remaining : 1,
            [.. steps.Skip(1).Where(step => step.Controls.Count > 0 && step.Controls.Values.All(control => control.High < step.Accuracy.Low))
                .Select(step => step.Remaining)],
            TicketTime.Of(all));
    }

    private static TicketStep Step(TicketLevel[] tickets, TicketLevel[] controls) => new(
        tickets[0].Level,
        tickets.Average(one => one.Remaining),
        Interval.Of(tickets.Select(one => one.Accuracy)),
        controls.GroupBy(one => one.Variant).ToDictionary(group => group.Key, group => Interval.Of(group.Select(one => one.Accuracy))),
        Interval.Of(tickets.Select(one => one.FinalAccuracy)),
        Interval.Of(tickets.Select(one => one.Untrained)),
        Interval.Of(tickets.Select(one => one.SignFlips)),
        tickets);
}
