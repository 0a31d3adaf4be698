using Golgi.Foundation;
using Golgi.Numerics.Random;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>What the pruned weights are: zero, or frozen at what they were.</summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 4: the network computes with m ⊙ w + (1 − m) ⊙ frozen. A weight that training
/// moved towards zero, |w_f| &lt; |w_i|, is "down".</remarks>
public static class MaskZero
{
    /// <summary>All names. <c>zero</c>; <c>freeze</c>: the value that the round began with; <c>variant-1</c>: 0 where down, otherwise that
    /// value; <c>variant-2</c>: the same, and kept weights that are down begin at 0 too; <c>control-reshuffle</c>: as many zeros as in
    /// variant 1, elsewhere in the layer; <c>control-reverse</c>: 0 where not down.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["zero", "freeze", "variant-1", "variant-2", "control-reshuffle", "control-reverse"];

    /// <summary>Values of all pruned weights after a round.</summary>
    /// <param name="action">One of <see cref="Names"/>.</param>
    /// <param name="before">The mask of the round that was trained.</param>
    /// <param name="after">The new mask, within it.</param>
    /// <param name="round">What the round began with, came to, and held frozen.</param>
    /// <param name="rng">For the reshuffled control.</param>
    /// <returns>[D], 0 where the mask keeps; the caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such action.</exception>
    public static Tensor Pruned(string action, Mask before, Mask after, RoundVectors round, Philox rng)
    {
        Check.Known(action, Names, "Mask-0 action");
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(rng);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var gone = before.Kept.logical_and(after.Kept.logical_not());       // pruned in this round
        var held = round.Frozen.masked_fill(before.Kept, 0);
        if (action == "zero") return held.MoveToOuterDisposeScope();
        var zeroed = Zeroed(action, before.Layers, gone, Down(round), rng.Reader());
        return held.add_(round.Start.masked_fill(gone.logical_not().logical_or_(zeroed), 0)).MoveToOuterDisposeScope();
    }

    /// <summary>Sets kept weights that are down to 0 under <c>variant-2</c>; a weight that began at 0 stays there. In place.</summary>
    /// <param name="action">One of <see cref="Names"/>; others change nothing.</param>
    /// <param name="start">What the next training begins with, [D]; changed.</param>
    /// <param name="after">The new mask.</param>
    /// <param name="round">What the last one began with and came to.</param>
    public static void Prepare(string action, Tensor start, Mask after, RoundVectors round)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(round);
        if (action != "variant-2") return;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var zeroed = Down(round).logical_or_(round.Start.eq(0)).logical_and_(after.Kept);
        foreach (var layer in after.Layers) WeightVector.Window(start, layer).masked_fill_(WeightVector.Window(zeroed, layer), 0);
    }

    private static Tensor Down(RoundVectors round) => round.Final.abs().lt(round.Start.abs());

    private static Tensor Zeroed(string action, IReadOnlyList<Segment> layers, Tensor gone, Tensor down, PhiloxReader reader)
    {
        if (action == "freeze") return zeros_like(gone);
        var zeroed = (action == "control-reverse" ? down.logical_not() : down).logical_and_(gone);
        if (action != "control-reshuffle") return zeroed;
        foreach (var layer in layers)
        {
            var own = WeightVector.Window(zeroed, layer);
            var places = WeightVector.Window(gone, layer).nonzero().squeeze(1);
            var chosen = MaskSelection.Sample(places, own.sum().item<long>(), reader);
            own.fill_(false).index_fill_(0, chosen, true);
        }

        return zeroed;
    }
}
