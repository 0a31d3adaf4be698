using Golgi.Foundation;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>An ordered set of directions of a layer, the most important first, and the way back: x ≈ μ + B Aᵀ(x − μ).</summary>
/// <remarks>For canonical variates and principal components B is the least-squares reconstruction, so that the projection is
/// the best linear one, oblique where the directions are (canonical directions are not orthogonal on neurons). Single neurons
/// keep their own value and the others their mean.</remarks>
internal sealed class LayerDirections : IDisposable
{
    private LayerDirections(DirectionSource source, Tensor mean, Tensor encode, Tensor decode)
    {
        Source = source;
        Mean = mean.DetachFromDisposeScope();
        Encode = encode.DetachFromDisposeScope();
        Decode = decode.DetachFromDisposeScope();
    }

    /// <summary>Where they come from.</summary>
    public DirectionSource Source { get; }

    /// <summary>μ, float64 [features]. Owned by this object.</summary>
    public Tensor Mean { get; }

    /// <summary>A, float64 [features, directions]. Owned by this object.</summary>
    public Tensor Encode { get; }

    /// <summary>B, float64 [features, directions]. Owned by this object.</summary>
    public Tensor Decode { get; }

    /// <summary>How many there are.</summary>
    public long Count => Encode.shape[1];

    /// <summary>Canonical directions of a layer against another layer (logits, or another network's), after SVCCA's truncation.</summary>
    /// <param name="source">What they are called.</param>
    /// <param name="layer">With directions. Borrowed.</param>
    /// <param name="other">Over the same samples. Borrowed.</param>
    /// <param name="truncation">What is kept of both; null: 99 % of the variance.</param>
    public static LayerDirections Canonical(DirectionSource source, Basis layer, Basis other, Truncation? truncation = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(other);
        using var scope = NewDisposeScope();
        truncation ??= Truncation.Variance(0.99);
        using var left = layer.Leading(layer.Kept(truncation));
        using var right = other.Leading(other.Kept(truncation));
        using var overlap = Overlap.Between(left, right);
        var u = overlap.Canonical.U; // [kept, k]
        return new LayerDirections(source, layer.Mean.clone(), left.Whitening.mm(u), left.Coefficients.t().mm(u));
    }

    /// <summary>The same against a layer that has one value per example where this one has many places: directions are found between
    /// the places' means and the other layer (the zero frequency, all that they can share), and reconstruct the places.</summary>
    /// <param name="pooled">The layer averaged over places, over the examples of <paramref name="other"/>. Borrowed.</param>
    /// <param name="places">The layer with places as samples. Borrowed.</param>
    public static LayerDirections Pooled(DirectionSource source, Basis pooled, Basis other, Basis places)
    {
        ArgumentNullException.ThrowIfNull(places);
        using var scope = NewDisposeScope();
        using var found = Canonical(source, pooled, other);
        var half = places.Coefficients.mm(found.Encode);                  // Q C a: directions on the places, [rank, k]
        var (_, upper) = linalg.qr(half);
        var encode = linalg.solve_triangular(upper.t(), found.Encode.t(), upper: false).t(); // orthonormal there, spans of the first k kept
        return new LayerDirections(source, places.Mean.clone(), encode.contiguous(), places.Coefficients.t().mm(places.Coefficients.mm(encode)));
    }

    /// <summary>Principal components.</summary>
    public static LayerDirections Principal(Basis layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        using var scope = NewDisposeScope();
        return new LayerDirections(
            DirectionSource.Pca, layer.Mean.clone(), layer.Whitening.mm(layer.Rotation), layer.Coefficients.t().mm(layer.Rotation));
    }

    /// <summary>Random orthonormal directions.</summary>
    public static LayerDirections Random(Basis layer, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(layer);
        using var scope = NewDisposeScope();
        long features = layer.Features;
        var reader = new Philox(seed, 0x64697273).Reader();
        var normal = tensor([.. Enumerable.Range(0, (int)(features * features)).Select(_ => reader.NextNormal())], ScalarType.Float64);
        var (q, _) = linalg.qr(normal.view(features, features));
        return new LayerDirections(DirectionSource.Random, layer.Mean.clone(), q.clone(), q.clone());
    }

    /// <summary>Single neurons in an order.</summary>
    /// <param name="order">int64 [features], the first kept first.</param>
    public static LayerDirections Neurons(DirectionSource source, Basis layer, Tensor order)
    {
        ArgumentNullException.ThrowIfNull(layer);
        using var scope = NewDisposeScope();
        var chosen = eye(layer.Features, dtype: ScalarType.Float64).index_select(1, order);
        return new LayerDirections(source, layer.Mean.clone(), chosen, chosen.clone());
    }

    /// <summary>Projects activations on the first k directions.</summary>
    /// <param name="activations">[N, features], or maps [N, features, H, W] whose channels are the features; any float type. Borrowed.</param>
    /// <param name="k">1 or more; all if there are fewer.</param>
    /// <returns>The same shape and type; the caller owns it.</returns>
    public Tensor Project(Tensor activations, long k)
    {
        ArgumentNullException.ThrowIfNull(activations);
        using var scope = NewDisposeScope();
        long count = Math.Min(Check.Positive(k), Count);
        var (type, device) = (activations.dtype, activations.device);
        var (a, b) = (Encode.narrow(1, 0, count).to(type).to(device), Decode.narrow(1, 0, count).to(type).to(device));
        var mean = Mean.to(type).to(device);
        var x = activations.dim() == 2 ? activations : activations.movedim([1], [-1]);
        var projected = (x - mean).matmul(a).matmul(b.t()).add_(mean);
        return (activations.dim() == 2 ? projected : projected.movedim([-1], [1]).contiguous()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Encode.Dispose();
        Decode.Dispose();
    }

    /// <summary>All sources that a layer has: with another network's layer only if there is one.</summary>
    /// <param name="pooled">The layer averaged over places; null: it has none.</param>
    internal static List<LayerDirections> All(Basis layer, Basis? pooled, Basis logits, Basis? twin, Tensor activations, ulong seed)
    {
        using var scope = NewDisposeScope();
        var strength = activations.abs().mean([0L]).argsort(-1, descending: true);
        var shuffled = tensor(new Philox(seed, 0x6E6575726F6E).Permutation((int)layer.Features));
        List<LayerDirections> result =
        [
            pooled is null ? Canonical(DirectionSource.SvccaLogits, layer, logits) : Pooled(DirectionSource.SvccaLogits, pooled, logits, layer),
        ];
        if (twin is not null) result.Add(Canonical(DirectionSource.SvccaNetworks, layer, twin));
        result.Add(Principal(layer));
        result.Add(Random(layer, seed));
        result.Add(Neurons(DirectionSource.RandomNeurons, layer, shuffled));
        result.Add(Neurons(DirectionSource.MaxActivation, layer, strength));
        return result;
    }
}
