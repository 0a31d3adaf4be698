using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Native;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>
/// Looks for lottery tickets: train, prune, set the kept and the pruned weights, train again; with several seeds, and with controls
/// at equal sparsity. Each level is a run: a finished one is never repeated, a search that was stopped goes on where it was.
/// </summary>
/// <remarks>Frankle and Carbin 2019 (arXiv 1803.03635); Zhou et al. 2019 (arXiv 1905.01067).</remarks>
public static class TicketSearch
{
    /// <summary>Searches.</summary>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="options">How.</param>
    /// <param name="seeds">One per replicate; at least one.</param>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="progress">Trainings done, of all.</param>
    /// <param name="cancellation">Finishes the step under way, saves a checkpoint and throws.</param>
    /// <exception cref="ArgumentException">There is no seed, or the network does not fit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call continues.</exception>
    public static TicketSearchResult Find(
        Blueprint blueprint,
        TicketOptions options,
        IReadOnlyList<long> seeds,
        string root,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        if (seeds.Count == 0) throw new ArgumentException("There are no seeds; there must be at least one.", nameof(seeds));
        using var threads = new ThreadScope(options.Recipe.Threads);
        long perSeed = 1 + (options.Rounds * (1 + options.Controls.Count));
        var chains = new List<IReadOnlyList<TicketLevel>>();
        foreach (long seed in seeds)
        {
            var counted = progress is null ? null : new ChainProgress(progress, chains.Count * perSeed, seeds.Count * perSeed);
            using var chain = new TicketChain(blueprint, options, seed, root);
            chains.Add(chain.Run(counted, cancellation));
        }

        return Summarize(blueprint, options, [.. chains.SelectMany(chain => chain)]);
    }

    private static TicketSearchResult Summarize(Blueprint blueprint, TicketOptions options, TicketLevel[] all)
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
