using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Weights.Masks;

/// <summary>Weights under a fixed mask, θ = m ⊙ w + (1 − m) ⊙ frozen: a lottery ticket. The kept weights are trained.</summary>
/// <remarks>The coordinates are the weight vector itself, so that the mask costs one or two passes over it. Pruned weights hold
/// their values bit for bit, whatever the optimizer does to the coordinates (momentum, weight decay): their gradient is 0, and
/// they are written anew at each <see cref="Reparameterization.Materialize"/>. Zhou et al. 2019 (arXiv 1905.01067).</remarks>
public sealed class Masked : Reparameterization
{
    private readonly Tensor keep;
    private readonly Tensor? frozen;

    /// <summary>Masks a network's weights as they are now.</summary>
    /// <param name="weights">Borrowed; hold the kept weights' start.</param>
    /// <param name="mask">What is kept; borrowed, not needed afterwards.</param>
    /// <param name="pruned">The values of the pruned weights, [D], read where the mask removes; null: 0. Borrowed.</param>
    /// <exception cref="ArgumentException">A shape differs.</exception>
    public Masked(WeightVector weights, Mask mask, Tensor? pruned = null)
        : base(weights)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Check.SameShape(weights.Values, mask.Kept);
        if (pruned is not null) Check.SameShape(weights.Values, pruned);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        keep = mask.Kept.to(weights.Values.dtype).DetachFromDisposeScope();
        frozen = pruned?.masked_fill(mask.Kept, 0).to(weights.Values.dtype).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Coordinates => WeightVector.Values;

    /// <inheritdoc/>
    public override Tensor Gradient => WeightVector.Gradient;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State => [("coordinates", Coordinates)];

    /// <inheritdoc/>
    protected override void WriteWeights(Tensor weights)
    {
        weights.mul_(keep);
        if (frozen is not null) weights.add_(frozen);
    }

    /// <inheritdoc/>
    protected override void WriteGradient(Tensor gradient) => gradient.mul_(keep);

    /// <inheritdoc/>
    protected override void Release()
    {
        keep.Dispose();
        frozen?.Dispose();
    }
}
