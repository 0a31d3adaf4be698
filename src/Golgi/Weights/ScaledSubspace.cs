using Golgi.Foundation;
using Golgi.Weights.Projections;
using static TorchSharp.torch;

namespace Golgi.Weights;

/// <summary>
/// A subspace with one further coordinate for each parameter, that scales its part: θₗ = θ₀ₗ + (1 + λₗ) (P c)ₗ. The m scales
/// count among the d coordinates.
/// </summary>
/// <remarks>The structure-aware form of Aghajanyan, Zettlemoyer and Gupta 2020, arXiv 2012.13255. Coordinates are c, then λ; all start at
/// 0.</remarks>
public sealed class ScaledSubspace : Reparameterization
{
    private readonly Projection projection;
    private readonly Tensor image;

    /// <summary>Puts a network's weights into a scaled subspace through their present values.</summary>
    /// <param name="weights">The weights; their values are θ₀. Borrowed.</param>
    /// <param name="create">Makes P for a number of coordinates; this object owns it.</param>
    /// <param name="dimension">d, above the number m of parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">d leaves no coordinate beside the scales.</exception>
    public ScaledSubspace(WeightVector weights, Func<int, Projection> create, int dimension)
        : base(weights)
    {
        ArgumentNullException.ThrowIfNull(create);
        Check.InRange((long)dimension, weights.Segments.Count + 1, weights.Count, "dimension with one scale per parameter");
        projection = create(dimension - weights.Segments.Count);
        image = zeros_like(weights.Values).DetachFromDisposeScope();
        Coordinates = zeros(dimension, weights.Values.dtype, weights.Values.device).DetachFromDisposeScope();
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
    protected override void WriteWeights(Tensor weights)
    {
        var directions = Coordinates.narrow(0, 0, projection.Dimension);
        if (directions.count_nonzero().item<long>() == 0)
        {
            image.zero_();
            weights.copy_(Original);
            return;
        }

        projection.Apply(directions, zeros_like(image), image);
        weights.copy_(image);
        for (int k = 0; k < WeightVector.Segments.Count; k++)
        {
            WeightVector.Window(weights, WeightVector.Segments[k]).mul_(Coordinates[projection.Dimension + k] + 1);
        }

        weights.add_(Original);
    }

    /// <inheritdoc/>
    protected override void WriteGradient(Tensor gradient)
    {
        for (int k = 0; k < WeightVector.Segments.Count; k++)
        {
            var part = WeightVector.Window(gradient, WeightVector.Segments[k]);
            Gradient[projection.Dimension + k] = part.dot(WeightVector.Window(image, WeightVector.Segments[k]));
            part.mul_(Coordinates[projection.Dimension + k] + 1);
        }

        projection.Adjoint(gradient, Gradient.narrow(0, 0, projection.Dimension));
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        projection.Dispose();
        image.Dispose();
        Coordinates.Dispose();
        Gradient.Dispose();
    }
}
