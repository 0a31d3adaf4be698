using Golgi.Numerics.Random;
using Golgi.Tests.Contracts;
using Golgi.Tests.Support;
using Golgi.Training.Optimizers;
using Golgi.Weights;
using Golgi.Weights.Projections;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Weights;

public sealed class GroupingSubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) =>
        new Subspace(weights, new GroupingProjection(weights.Count, 7, 1));
}

public sealed class FastfoodSubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) =>
        new Subspace(weights, FastfoodProjection.Stacked(weights.Count, 7, 1));
}

public sealed class DenseSubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) =>
        new Subspace(weights, DenseProjection.Gaussian(weights.Count, 7, 1));
}

public sealed class SparseSubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) =>
        new Subspace(weights, new SparseProjection(weights.Count, 7, 1));
}

public sealed class KroneckerSubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) =>
        new Subspace(weights, new KroneckerProjection(weights.Count, 7, 1));
}

public sealed class OrthonormalSubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) =>
        new Subspace(weights, DenseProjection.Orthonormal(weights.Count, 7, 1));
}

public sealed class SingleFastfoodSubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) =>
        new Subspace(weights, FastfoodProjection.Single(weights.Count, 7, 1));
}

public sealed class TrajectorySubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights)
    {
        using var scope = NewDisposeScope();
        float[] moves = new float[9 * weights.Count];
        new Philox(4, 4).FillNormal(moves);
        var snapshots = tensor(moves, [9, weights.Count]).to(weights.Values.dtype).cumsum(0);
        return new Subspace(weights, BasisProjection.OfTrajectory(snapshots, 5));
    }
}

public sealed class LayeredSubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) =>
        new Subspace(weights, LayeredProjection.Create("grouping", weights.Segments, 9, 1));
}

public sealed class ScaledSubspaceTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) =>
        new ScaledSubspace(weights, count => new GroupingProjection(weights.Count, count, 1), 9);
}

public sealed class SubspaceTests
{
    [Fact]
    public void Zero_coordinates_change_nothing_bit_for_bit_even_where_a_weight_is_minus_zero()
    {
        using var scope = NewDisposeScope();
        using var network = TinyNetworks.Perceptron(ScalarType.Float32);
        using var weights = new WeightVector(network);
        using (no_grad()) weights.Values[3] = tensor(-0f);
        byte[] before = weights.Values.bytes.ToArray();
        foreach (string kind in ProjectionCatalog.Names)
        {
            using var method = new Subspace(weights, ProjectionCatalog.Create(kind, weights.Count, 5, 3));
            method.Materialize();
            Assert.Equal(before, weights.Values.bytes.ToArray());
        }
    }

    [Fact]
    public void A_projection_for_another_network_is_refused()
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var projection = new GroupingProjection(weights.Count + 1, 5, 0);
        Assert.Contains($"{weights.Count}", Assert.Throws<ArgumentException>(() => new Subspace(weights, projection)).Message);
    }

    /// <summary>Gradient descent does not see a rotation of its coordinates (Adam does).</summary>
    [Fact]
    public void With_as_many_orthonormal_directions_as_weights_gradient_descent_walks_the_direct_path()
    {
        double[] direct = Losses(weights => new Direct(weights));
        double[] rotated = Losses(weights => new Subspace(weights, DenseProjection.Orthonormal(weights.Count, (int)weights.Count, 4)));
        Assert.True(direct[^1] < 0.8 * direct[0]);
        Assert.All(direct.Zip(rotated), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private static double[] Losses(Func<WeightVector, Reparameterization> create)
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var method = create(weights);
        using var optimizer = new Sgd(method.Coordinates, method.Gradient, new SgdOptions { LearningRate = 0.5 });
        var losses = new List<double>();
        for (int i = 0; i < 60; i++)
        {
            using var scope = NewDisposeScope();
            method.Materialize();
            weights.ZeroGradient();
            var loss = TinyNetworks.Loss(network, 12, 6);
            loss.backward();
            method.PullBack();
            optimizer.Step();
            losses.Add(loss.item<double>());
        }

        return [.. losses];
    }
}
