using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Weights.Projections;

/// <summary>Directions that come from data, not from a seed: P's columns are given, and stored.</summary>
public sealed class BasisProjection : Projection
{
    private readonly Tensor basis;

    private BasisProjection(Tensor basis)
        : base(basis.shape[1], (int)basis.shape[0]) => this.basis = basis.DetachFromDisposeScope();

    /// <inheritdoc/>
    public override string Kind => "trajectory";

    /// <summary>Takes ownership of directions.</summary>
    /// <param name="directions">float32 or float64 [d, D], one direction a row.</param>
    public static BasisProjection Of(Tensor directions) => new(Check.Finite(Check.Shape(directions, "[d, D]")));

    /// <summary>The main directions in which weights moved along a training run: the first principal components of θ(t) − θ(0),
    /// orthonormal.</summary>
    /// <param name="snapshots">θ(0), θ(1), ..., [n, D], the start first. Borrowed.</param>
    /// <param name="dimension">How many directions, from 1 to the number of snapshots after the start.</param>
    /// <exception cref="ArgumentException">The snapshots span fewer directions than are asked for.</exception>
    /// <remarks>Larsen et al. 2021, arXiv 2107.05802, "lottery subspaces". By the Gram matrix, n×n, since n is far below D.</remarks>
    public static BasisProjection OfTrajectory(Tensor snapshots, int dimension)
    {
        Check.Shape(snapshots, "[n, D]");
        Check.InRange((long)dimension, 1, Math.Max(1, snapshots.shape[0] - 1), "dimension");
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var moves = (snapshots.narrow(0, 1, snapshots.shape[0] - 1) - snapshots.narrow(0, 0, 1)).to(ScalarType.Float64);
        var (values, vectors) = linalg.eigh(moves.mm(moves.t()));                    // ascending
        var chosen = values.narrow(0, values.numel() - dimension, dimension).flip(0); // [d]
        double smallest = chosen[-1].item<double>(), largest = chosen[0].item<double>();
        if (!(smallest > 1e-12 * largest))
        {
            throw new ArgumentException(
                $"The trajectory's {moves.shape[0]} moves span fewer than {dimension} directions; take more snapshots or fewer directions.");
        }

        var combination = vectors.narrow(1, values.numel() - dimension, dimension).flip(1) / chosen.sqrt(); // [n, d]
        return new BasisProjection(combination.t().mm(moves).to(snapshots.dtype).contiguous());
    }

    /// <inheritdoc/>
    public override void Dispose() => basis.Dispose();

    /// <inheritdoc/>
    protected override void Multiply(Tensor coordinates, Tensor origin, Tensor weights) =>
        weights.copy_(origin).add_(mv(basis.to(weights.dtype, weights.device).t(), coordinates));

    /// <inheritdoc/>
    protected override void MultiplyTransposed(Tensor gradient, Tensor coordinates) =>
        coordinates.copy_(mv(basis.to(gradient.dtype, gradient.device), gradient));
}
