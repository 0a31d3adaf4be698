using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Search;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Numerics.Random;
using Golgi.Numerics.Statistics;
using Golgi.Training;
using Golgi.Weights.Masks;
using Golgi.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>
/// What a mask alone knows: a network is trained once, masks are cut from it, and laid over its untrained weights (or their signed
/// constants), which are never trained.
/// </summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 5. The sparsity is chosen on the validation set; the paper shows the test
/// set's best.</remarks>
internal static class HeuristicMasks
{
    /// <summary>Measures every criterion's masks at every sparsity, over both kinds of weights.</summary>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="options">Which masks.</param>
    /// <param name="seeds">One per replicate.</param>
    /// <param name="context">Of the job; the training is a part of it, the same as a search's, and each criterion's numbers are kept.</param>
    /// <returns>One result per criterion and kind of weights.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; what is measured is kept.</exception>
    public static IReadOnlyList<HeuristicMask> Measure(
        Blueprint blueprint, HeuristicMaskOptions options, IReadOnlyList<long> seeds, JobContext context)
    {
        using var threads = new ThreadScope(options.Recipe.Threads);
        var samples = seeds.SelectMany(seed => Replicate(blueprint, options, seed, context)).ToArray();
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
        Blueprint blueprint, HeuristicMaskOptions options, long seed, JobContext context)
    {
        using var chain = new TicketChain(blueprint, options.Search, seed, context, 1);
        using var trained = chain.TrainedDense();
        using var network = blueprint.Build(seed).to(device(options.Recipe.Device));
        using var weights = new WeightVector(network);
        var samples = new List<Sample>();
        for (int i = 0; i < options.Criteria.Count; i++)
        {
            var criterion = options.Criteria[i];
            samples.AddRange(context.Once($"seed{seed}-criterion{i}", () => Of(criterion)));
            context.Progress?.Report(new WorkProgress($"masks of seed {seed}", i + 1, options.Criteria.Count, criterion.Name));
        }

        return samples;

        Sample[] Of(MaskCriterion criterion)
        {
            using var scope = NewDisposeScope();
            var found = new List<Sample>();
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
                        cancellation: context.Cancellation).Primary;
                }

                double[] validation = [.. masks.Select(mask => Accuracy(mask, blueprint.Data.Validation))];
                int best = Array.IndexOf(validation, validation.Max());
                found.Add(new Sample(
                    criterion.Name, kind, [.. masks.Select(mask => mask.Remaining)], validation, best, Accuracy(masks[best], blueprint.Data.Test)));
            }

            foreach (var mask in masks) mask.Dispose();
            return [.. found];
        }
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
