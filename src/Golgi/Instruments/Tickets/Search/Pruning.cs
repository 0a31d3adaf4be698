using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Numerics.Random;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>From a criterion to a mask: one round of pruning.</summary>
internal static class Pruning
{
    /// <summary>Prunes a mask once.</summary>
    /// <param name="mask">What is kept so far.</param>
    /// <param name="criterion">Which weights go.</param>
    /// <param name="rates">How many go.</param>
    /// <param name="initial">w_i, [D]: what the round's training began with.</param>
    /// <param name="final">w_f, [D]: what it came to.</param>
    /// <param name="saliency">For criteria before training, [D]; otherwise null.</param>
    /// <param name="rng">For criteria that draw, and for ties.</param>
    /// <returns>A mask within <paramref name="mask"/>; the caller owns it.</returns>
    /// <exception cref="ArgumentException">Shapes differ, or a score is not a number.</exception>
    public static Mask Prune(
        Mask mask, MaskCriterion criterion, PruningRates rates, Tensor initial, Tensor final, Tensor? saliency, Philox rng)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(rng);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var scores = Scores(mask, criterion, initial, final, saliency, rng);
        var tieBreaks = new Philox(rng.Seed, rng.Stream + (1UL << 40));
        return scores.dtype == ScalarType.Bool ? mask.Where(scores) : rates.Prune(mask, scores, tieBreaks);
    }

    /// <summary>A criterion's scores for all weights that a mask keeps; 0 (or false) elsewhere.</summary>
    /// <returns>[D], floating point or bool; the caller owns it.</returns>
    public static Tensor Scores(Mask mask, MaskCriterion criterion, Tensor initial, Tensor final, Tensor? saliency, Philox rng)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(criterion);
        ArgumentNullException.ThrowIfNull(rng);
        Check.SameShape(mask.Kept, initial);
        Check.SameShape(initial, final);
        if (saliency is not null) Check.SameShape(initial, saliency);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var reader = rng.Reader();
        Tensor? scores = null;
        foreach (var layer in mask.Layers)
        {
            var kept = WeightVector.Window(mask.Kept, layer);
            Tensor Part(Tensor vector) => WeightVector.Window(vector, layer).masked_select(kept);
            var own = criterion.Score(new WeightPair(Part(initial), Part(final), saliency is null ? null : Part(saliency), reader));
            scores ??= zeros(initial.shape[0], own.dtype, initial.device);
            WeightVector.Window(scores, layer).masked_scatter_(kept, own);
        }

        return scores!.MoveToOuterDisposeScope();
    }
}
