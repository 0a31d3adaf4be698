using Golgi.Weights.Projections;
using static TorchSharp.torch;

namespace Golgi.Weights;

/// <summary>
/// Weights in a subspace through the first weights, θ = θ₀ + P c: d coordinates are trained instead of D weights. At c = 0, where
/// they start, the network is what it was, bit for bit.
/// </summary>
/// <remarks>Li, Farkhoor, Liu and Yosinski 2018, arXiv 1804.08838. The gradient is ∂L/∂c = Pᵀ ∂L/∂θ.</remarks>
public sealed class Subspace : Reparameterization
{
    private readonly Projection projection;

    /// <summary>Puts a network's weights into a subspace through their present values.</summary>
    /// <param name="weights">The weights; their values are θ₀. Borrowed.</param>
    /// <param name="projection">P. This object takes ownership.</param>
    /// <exception cref="ArgumentException">P is made for another number of weights.</exception>
    public Subspace(WeightVector weights, Projection projection)
        : base(weights)
    {
        ArgumentNullException.ThrowIfNull(projection);
        if (projection.WeightCount != weights.Count)
        {
            throw new ArgumentException(
                $"The projection is made for {projection.WeightCount} weights; the network has {weights.Count}.", nameof(projection));
        }

        this.projection = projection;
        Coordinates = zeros(projection.Dimension, weights.Values.dtype, weights.Values.device).DetachFromDisposeScope();
        Gradient = zeros_like(Coordinates).DetachFromDisposeScope();
    }

    /// <summary>P. Owned by this object.</summary>
    public Projection Projection => projection;

    /// <inheritdoc/>
    public override Tensor Coordinates { get; }

    /// <inheritdoc/>
    public override Tensor Gradient { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State => [("coordinates", Coordinates)];

    /// <inheritdoc/>
    protected override void WriteWeights(Tensor weights) => projection.Apply(Coordinates, Original, weights);

    /// <inheritdoc/>
    protected override void WriteGradient(Tensor gradient) => projection.Adjoint(gradient, Gradient);

    /// <inheritdoc/>
    protected override void Release()
    {
        projection.Dispose();
        Coordinates.Dispose();
        Gradient.Dispose();
    }
}
