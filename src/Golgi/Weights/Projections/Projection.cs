using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Weights.Projections;

/// <summary>
/// A fixed linear map P from d coordinates to all D weights of a network, with columns of (about) unit norm over the whole
/// of D, so that a unit step in a coordinate is a unit step in weight space. One map serves the whole network.
/// </summary>
/// <remarks>Li, Farkhoor, Liu and Yosinski 2018, arXiv 1804.08838. Random maps are functions of (kind, D, d, seed) with the same
/// entries on every machine. An object holds scratch memory: use it from one thread at a time.</remarks>
public abstract class Projection : IDisposable
{
    /// <summary>States the sizes.</summary>
    /// <param name="weights">D, 1 or more, at most 2³¹ − 1.</param>
    /// <param name="dimension">d, from 1 to D.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    protected Projection(long weights, int dimension)
    {
        WeightCount = Check.InRange(weights, 1, int.MaxValue, "number of weights");
        Dimension = (int)Check.InRange((long)dimension, 1, weights, "dimension");
    }

    /// <summary>D, the number of weights.</summary>
    public long WeightCount { get; }

    /// <summary>d, the number of coordinates.</summary>
    public int Dimension { get; }

    /// <summary>The name in <see cref="ProjectionCatalog"/>.</summary>
    public abstract string Kind { get; }

    /// <summary>θ = θ₀ + P c. Where all coordinates are zero, θ is θ₀ bit for bit.</summary>
    /// <param name="coordinates">c, [d].</param>
    /// <param name="origin">θ₀, [D], of the same type.</param>
    /// <param name="weights">Receives θ, [D]; another tensor than <paramref name="origin"/>.</param>
    /// <exception cref="ArgumentException">A shape or a type does not fit.</exception>
    public void Apply(Tensor coordinates, Tensor origin, Tensor weights)
    {
        Check.Shape(coordinates, $"[{Dimension}]");
        Check.Shape(origin, $"[{WeightCount}]");
        Check.Shape(weights, $"[{WeightCount}]");
        RequireType(coordinates, weights);
        RequireType(origin, weights);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        // x + 0 is not x where x is −0, so the start is copied and not computed.
        if (coordinates.count_nonzero().item<long>() == 0) weights.copy_(origin);
        else Multiply(coordinates, origin, weights);
    }

    /// <summary>Pᵀ g: the gradient with respect to the coordinates.</summary>
    /// <param name="gradient">g, [D].</param>
    /// <param name="coordinates">Receives Pᵀ g, [d], of the same type.</param>
    /// <exception cref="ArgumentException">A shape or a type does not fit.</exception>
    public void Adjoint(Tensor gradient, Tensor coordinates)
    {
        Check.Shape(gradient, $"[{WeightCount}]");
        Check.Shape(coordinates, $"[{Dimension}]");
        RequireType(coordinates, gradient);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        MultiplyTransposed(gradient, coordinates);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Writes origin + P coordinates. Runs under <c>no_grad</c> in a dispose scope; shapes are checked.</summary>
    protected abstract void Multiply(Tensor coordinates, Tensor origin, Tensor weights);

    /// <summary>Writes Pᵀ gradient. Runs under <c>no_grad</c> in a dispose scope; shapes are checked.</summary>
    protected abstract void MultiplyTransposed(Tensor gradient, Tensor coordinates);

    private static void RequireType(Tensor tensor, Tensor reference)
    {
        if (tensor.dtype == reference.dtype && tensor.dtype is ScalarType.Float32 or ScalarType.Float64) return;
        throw new ArgumentException($"The vectors are {tensor.dtype} and {reference.dtype}; both must be Float32, or both Float64.");
    }
}
