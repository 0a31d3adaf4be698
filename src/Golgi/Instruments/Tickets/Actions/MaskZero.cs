using System.Text.Json.Serialization;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>What the pruned weights are: zero, or frozen at what they were. A new action is a class and a line in <see cref="All"/>.</summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 4: the network computes with m ⊙ w + (1 − m) ⊙ frozen. A weight that training
/// moved towards zero, |w_f| &lt; |w_i|, is "down".</remarks>
[JsonConverter(typeof(MaskZeroConverter))]
public abstract class MaskZero
{
    /// <summary>All actions. <c>zero</c>; <c>freeze</c>: the value that the round began with; <c>variant-1</c>: 0 where down, otherwise that
    /// value; <c>variant-2</c>: the same, and kept weights that are down begin at 0 too; <c>control-reshuffle</c>: as many zeros as in
    /// variant 1, elsewhere in the layer; <c>control-reverse</c>: 0 where not down.</summary>
    public static IReadOnlyList<MaskZero> All { get; } =
    [
        new Zeroed(), new Frozen(), new ZeroWhereDown(), new ZeroWhereDownKeptToo(), new ZerosReshuffled(), new ZeroWhereUp(),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(one => one.Name)];

    /// <summary>As users write it.</summary>
    public abstract string Name { get; }

    /// <summary>An action by its name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static MaskZero Find(string name) => All.First(one => one.Name == Check.Known(name, Names, "Mask-0 action"));

    /// <summary>Values of all pruned weights after a round.</summary>
    /// <param name="before">The mask of the round that was trained.</param>
    /// <param name="after">The new mask, within it.</param>
    /// <param name="round">What the round began with, came to, and held frozen.</param>
    /// <param name="rng">For the reshuffled control.</param>
    /// <returns>[D], 0 where the mask keeps; the caller owns it.</returns>
    public Tensor Pruned(Mask before, Mask after, RoundVectors round, Philox rng)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(rng);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var gone = before.Kept.logical_and(after.Kept.logical_not());       // pruned in this round
        var held = round.Frozen.masked_fill(before.Kept, 0);
        var zeros = Zeros(before.Layers, gone, Down(round), rng.Reader());
        return held.add_(round.Start.masked_fill(gone.logical_not().logical_or_(zeros), 0)).MoveToOuterDisposeScope();
    }

    /// <summary>Sets kept weights that are down to 0 where the action says so; a weight that began at 0 stays there. In place.</summary>
    /// <param name="start">What the next training begins with, [D]; changed.</param>
    /// <param name="after">The new mask.</param>
    /// <param name="round">What the last one began with and came to.</param>
    public void Prepare(Tensor start, Mask after, RoundVectors round)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(round);
        if (!AlsoKept) return;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var zeroed = Down(round).logical_or_(round.Start.eq(0)).logical_and_(after.Kept);
        foreach (var layer in after.Layers) WeightVector.Window(start, layer).masked_fill_(WeightVector.Window(zeroed, layer), 0);
    }

    /// <summary>Which of the weights that are pruned now become 0; the others keep what the round began with.</summary>
    /// <param name="layers">The parts of the vectors that can be pruned.</param>
    /// <param name="gone">Those that are pruned now, bool [D].</param>
    /// <param name="down">Those that moved towards zero, bool [D].</param>
    /// <param name="reader">Where random numbers come from.</param>
    /// <returns>bool [D], in the dispose scope of the caller.</returns>
    internal abstract Tensor Zeros(IReadOnlyList<Segment> layers, Tensor gone, Tensor down, PhiloxReader reader);

    /// <summary>True where kept weights that are down begin at 0 too.</summary>
    internal abstract bool AlsoKept { get; }

    private static Tensor Down(RoundVectors round) => round.Final.abs().lt(round.Start.abs());
}
