using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Weights.Masks;

/// <summary>Which weights of a network are kept: a bit for each weight of the layers in its scope. Never changes.</summary>
/// <remarks>Numbers of kept weights are exact: ties are broken by the generator that is handed in, and a weight that is
/// gone never returns. Owns its tensor.</remarks>
public sealed class Mask : IDisposable
{
    private readonly long[] counts;

    /// <summary>The mask that keeps everything.</summary>
    /// <param name="weights">The network's weights; only their layout is taken.</param>
    /// <param name="scope">Which weights can be removed; null: all kernels.</param>
    /// <exception cref="ArgumentException">No parameter takes part.</exception>
    public Mask(WeightVector weights, MaskScope? scope = null)
        : this((scope ?? MaskScope.Kernels).Of(Checked(weights).Segments), ones(weights.Count, ScalarType.Bool, weights.Values.device))
    {
    }

    /// <summary>A mask with given bits; takes ownership of them.</summary>
    /// <param name="layers">The parameters in scope.</param>
    /// <param name="kept">bool [D], true outside the scope.</param>
    internal Mask(IReadOnlyList<Segment> layers, Tensor kept)
    {
        Layers = layers;
        Kept = kept.DetachFromDisposeScope();
        using var scope = NewDisposeScope();
        counts = stack([.. layers.Select(layer => WeightVector.Window(Kept, layer).sum())]).cpu().data<long>().ToArray();
    }

    /// <summary>The parameters in scope, in the vector's order.</summary>
    public IReadOnlyList<Segment> Layers { get; }

    /// <summary>True where a weight is kept, bool [D]; true everywhere outside the scope. Owned by this object.</summary>
    public Tensor Kept { get; }

    /// <summary>Kept weights of each of <see cref="Layers"/>.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>Kept weights in scope.</summary>
    public long Count => counts.Sum();

    /// <summary>Weights in scope.</summary>
    public long Total => Layers.Sum(layer => layer.Length);

    /// <summary>Kept weights as a fraction of those in scope, in [0, 1].</summary>
    public double Remaining => (double)Count / Total;

    /// <summary>Layers of which nothing is left: no signal passes through them.</summary>
    public IReadOnlyList<string> Collapsed => [.. Layers.Where((_, i) => counts[i] == 0).Select(layer => layer.Name)];

    /// <summary>Bytes that the bits would take under an ideal entropy code with one probability per layer: Σ n H(kept / n) / 8.</summary>
    public double EntropyBytes => Layers.Select((layer, i) => layer.Length * Entropy((double)counts[i] / layer.Length)).Sum() / 8;

    /// <summary>Keeps, in each layer, the kept weights with the largest scores.</summary>
    /// <param name="scores">One per weight, [D]; read where a weight is kept. Infinite ones are allowed.</param>
    /// <param name="keep">How many to keep of each of <see cref="Layers"/>; at most <see cref="Counts"/>.</param>
    /// <param name="rng">Chooses among equal scores.</param>
    /// <returns>A mask within this one, of exactly that many weights; the caller owns it.</returns>
    /// <exception cref="ArgumentException">A score is not a number, or a layer has fewer kept weights.</exception>
    public Mask KeepLargest(Tensor scores, IReadOnlyList<long> keep, Philox rng)
    {
        Check.SameShape(Kept, scores);
        ArgumentNullException.ThrowIfNull(keep);
        ArgumentNullException.ThrowIfNull(rng);
        if (keep.Count != Layers.Count)
        {
            throw new ArgumentException(
                $"There are {keep.Count} numbers of weights to keep for {Layers.Count} layers; there must be one each.", nameof(keep));
        }

        using var scope = NewDisposeScope();
        var reader = rng.Reader();
        return With([.. Layers.Select((layer, i) => MaskSelection.Largest(scores, Positions(layer), keep[i], reader))]);
    }

    /// <summary>Keeps the kept weights with the largest scores over all layers together.</summary>
    /// <inheritdoc cref="KeepLargest(Tensor, IReadOnlyList{long}, Philox)"/>
    /// <param name="scores">One per weight, [D], comparable across layers.</param>
    /// <param name="keep">How many in all.</param>
    /// <param name="rng">Chooses among equal scores.</param>
    public Mask KeepLargest(Tensor scores, long keep, Philox rng)
    {
        Check.SameShape(Kept, scores);
        ArgumentNullException.ThrowIfNull(rng);
        using var scope = NewDisposeScope();
        return With([MaskSelection.Largest(scores, cat([.. Layers.Select(Positions)]), keep, rng.Reader())]);
    }

    /// <summary>Keeps the kept weights for which a condition holds; their number is what it is.</summary>
    /// <param name="condition">bool [D].</param>
    /// <returns>The caller owns it.</returns>
    public Mask Where(Tensor condition)
    {
        Check.SameShape(Kept, condition);
        using var scope = NewDisposeScope();
        return With([.. Layers.Select(Positions).Select(positions => positions.masked_select(condition.index_select(0, positions)))]);
    }

    /// <summary>A random mask with as many kept weights in each layer: every arrangement equally likely.</summary>
    /// <returns>The caller owns it.</returns>
    public Mask Shuffle(Philox rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        using var scope = NewDisposeScope();
        var reader = rng.Reader();
        return With([.. Layers.Select((layer, i) =>
            MaskSelection.Sample(arange(layer.Offset, layer.Offset + layer.Length, device: Kept.device), counts[i], reader))]);
    }

    /// <summary>True where every weight that <paramref name="other"/> keeps is kept here too.</summary>
    public bool Contains(Mask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        using var scope = NewDisposeScope();
        return !other.Kept.logical_and(Kept.logical_not()).any().item<bool>();
    }

    /// <summary>Weights in scope that both keep, over those that either keeps (Jaccard's index), in [0, 1]; 1 for two empty ones.</summary>
    public double Overlap(Mask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        using var scope = NewDisposeScope();
        long both = Layers.Select(layer => WeightVector.Window(Kept, layer).logical_and(WeightVector.Window(other.Kept, layer)).sum().item<long>())
            .Sum();
        long either = Count + other.Count - both;
        return either == 0 ? 1 : (double)both / either;
    }

    /// <summary>One layer's bits, eight in a byte, the first in the lowest bit.</summary>
    public byte[] Pack(Segment layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        using var window = WeightVector.Window(Kept, layer);
        using var bytes = window.to(ScalarType.Byte).cpu().contiguous();
        return MaskSelection.Pack(bytes.bytes);
    }

    /// <summary>A mask over the same layers from packed bits.</summary>
    /// <param name="packed">As <see cref="Pack"/> gives them, one array for each of <see cref="Layers"/>.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">An array has the wrong length.</exception>
    public Mask Unpack(IReadOnlyList<byte[]> packed)
    {
        ArgumentNullException.ThrowIfNull(packed);
        using var scope = NewDisposeScope();
        return With([.. Layers.Zip(packed, (layer, bits) =>
            tensor(MaskSelection.Unpack(bits, layer.Length), device: Kept.device).add_(layer.Offset))]);
    }

    /// <inheritdoc/>
    public void Dispose() => Kept.Dispose();

    private static WeightVector Checked(WeightVector weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return weights;
    }

    /// <summary>Where the kept weights of a layer lie, int64 [kept].</summary>
    private Tensor Positions(Segment layer) => WeightVector.Window(Kept, layer).nonzero().squeeze(1).add_(layer.Offset);

    /// <summary>The mask that keeps the given positions, and what lies outside the scope.</summary>
    private Mask With(IReadOnlyList<Tensor> positions)
    {
        var kept = Kept.clone();
        foreach (var layer in Layers) WeightVector.Window(kept, layer).fill_(false);
        foreach (var chosen in positions) kept.index_fill_(0, chosen, true);
        return new Mask(Layers, kept);
    }

    private static double Entropy(double p) => p is <= 0 or >= 1 ? 0 : -((p * Math.Log2(p)) + ((1 - p) * Math.Log2(1 - p)));
}
