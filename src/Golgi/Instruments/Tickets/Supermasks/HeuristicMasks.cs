using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Search;
using Golgi.Native;
using Golgi.Numerics.Random;
using Golgi.Numerics.Statistics;
using Golgi.Training;
using Golgi.Weights;
using Golgi.Weights.Masks;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>
/// What a mask alone knows: a network is trained once, masks are cut from it, and laid over its untrained weights (or their signed
/// constants), which are never trained.
/// </summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 5. The sparsity is chosen on the validation set; the paper shows the test
/// set's best.</remarks>
public static class HeuristicMasks
{
    /// <summary>Measures every criterion's masks at every sparsity, over both kinds of weights.</summary>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="options">Which masks.</param>
    /// <param name="seeds">One per replicate.</param>
    /// <param name="root">The folder of all runs; the training is one of them, the same as a search's.</param>
    /// <param name="progress">Masks measured, of all.</param>
    /// <param name="cancellation">Stops between masks.</param>
    /// <returns>One result per criterion and kind of weights.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the training is kept.</exception>
    public static IReadOnlyList<HeuristicMask> Measure(
        Blueprint blueprint,
        HeuristicMaskOptions options,
        IReadOnlyList<long> seeds,
        string root,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(seeds);
        using var threads = new ThreadScope(options.Recipe.Threads);
        var samples = seeds.SelectMany(seed => Replicate(blueprint, options, seed, root, progress, cancellation)).ToArray();
        return
        [
            .. samples.GroupBy(sample => (sample.Criterion, sample.Weights)).Select(group =>
            {
                MaskPoint[] curve =
                [
                    .. Enumerable.Range(0, group.First().Validation.Length).Select(i => new MaskPoint(
                        group.Average(sample => sample.Remaining[i]), Interval.Of(group.Select(sample => sample.Validation[i])))),
                ];
                return new HeuristicMask(
                    group.Key.Criterion, group.Key.Weights, curve, group.Average(sample => sample.Remaining[sample.Best]),
                    Interval.Of(group.Select(sample => sample.Test)));
            }),
        ];
    }

    private static List<Sample> Replicate(
        Blueprint blueprint, HeuristicMaskOptions options, long seed, string root, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var chain = new TicketChain(blueprint, options.Search, seed, root);
        using var trained = chain.TrainedDense(progress, cancellation);
        using var network = blueprint.Build(seed).to(device(options.Recipe.Device));
        using var weights = new WeightVector(network);
        var samples = new List<Sample>();
        foreach (var criterion in options.Criteria)
        {
            using var scope = NewDisposeScope();
            Mask[] masks = [.. options.Powers.Select(power => Cut(criterion, options, trained, blueprint, seed, power))];
            foreach (var kind in new[] { TicketWeights.Initial, TicketWeights.SignedConstant })
            {
                var under = TicketScale.Under(weights, trained.Start, masks[0].Layers, kind);
                double Accuracy(Mask mask, Examples part)
                {
                    using var _ = no_grad();
                    weights.Values.copy_(under).mul_(mask.Kept);
                    return Evaluator.Evaluate(
                        blueprint.Task, network, part, blueprint.Data.Preprocessing, device(options.Recipe.Device),
                        cancellation: cancellation).Primary;
                }

                double[] validation = [.. masks.Select(mask => Accuracy(mask, blueprint.Data.Validation))];
                int best = Array.IndexOf(validation, validation.Max());
                samples.Add(new Sample(
                    criterion.Name, kind, [.. masks.Select(mask => mask.Remaining)], validation, best, Accuracy(masks[best], blueprint.Data.Test)));
                progress?.Report(new WorkProgress($"masks of seed {seed}", samples.Count, 2 * options.Criteria.Count, criterion.Name));
            }

            foreach (var mask in masks) mask.Dispose();
        }

        return samples;
    }

    private static Mask Cut(MaskCriterion criterion, HeuristicMaskOptions options, LevelState trained, Blueprint blueprint, long seed, int power)
    {
        var rates = options.Rates.Rounds(power);
        using var saliency = criterion.Evidence == Evidence.Gradient
            ? Saliency.Of(criterion.Name, blueprint, seed, trained.Start, trained.Mask, rates)
            : null;
        return Pruning.Prune(trained.Mask, criterion, rates, trained.Start, trained.Final, saliency, new Philox((ulong)seed, (ulong)power));
    }

    private sealed record Sample(string Criterion, TicketWeights Weights, double[] Remaining, double[] Validation, int Best, double Test);
}
