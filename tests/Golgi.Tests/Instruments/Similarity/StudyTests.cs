using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Networks.Catalog;
using Golgi.Networks.Layers;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity;

/// <summary>Grids, curves and compression on small networks.</summary>
public sealed class StudyTests
{
    [Theory]
    [InlineData("cca")]
    [InlineData("svcca")]
    [InlineData("cka")]
    [InlineData("procrustes")]
    [InlineData("pwcca")]
    public void A_grid_holds_what_pairs_give(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(1);
        var z = x.narrow(1, 0, 4) + y.narrow(1, 0, 4);
        List<(string, Basis)> layers = [("x", Basis.Of(x)), ("y", Basis.Of(y)), ("z", Basis.Of(z))];
        var measure = (BasisMeasure)Measure.Named(name);
        var grid = SimilarityGrid.Of(layers, layers, measure);
        Tensor[] data = [x, y, z];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                using var overlap = Overlap.Of(data[i], data[j]);
                Assert.Equal(measure.Of(overlap).Value, grid.Values[i][j], 1e-9);
            }
        }

        foreach (var (_, basis) in layers) basis.Dispose();
    }

    [Fact]
    public void A_layer_settles_where_its_curve_last_crosses_the_threshold()
    {
        long[] steps = [0, 100, 200, 300];
        Assert.Equal(150, LearningDynamics.Settled(steps, [0.2, 0.8, 1, 1], 0.9), 9);
        Assert.Equal(250, LearningDynamics.Settled(steps, [0.2, 0.95, 0.8, 1], 0.9), 9);
        Assert.Equal(0, LearningDynamics.Settled(steps, [0.95, 0.95, 0.95, 1], 0.9));
    }

    [Fact]
    public void All_directions_of_any_source_give_the_layer_back()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(2);
        using var layer = Basis.Of(x);
        using var other = Basis.Of(y);
        foreach (var source in LayerDirections.All(layer, null, other, layer, x, 1))
        {
            using (source)
            {
                if (source.Count == 9) Near.Equal(x, source.Project(x, 9), 1e-9);
                var once = source.Project(x, 3);
                Near.Equal(once, source.Project(once, 3), 1e-9); // a projection
            }
        }
    }

    [Fact]
    public void Principal_directions_reconstruct_best()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(3);
        using var layer = Basis.Of(x);
        using var other = Basis.Of(y);
        double[] errors = [.. LayerDirections.All(layer, null, other, null, x, 1).Select(source => (source.Project(x, 4) - x).norm().item<double>())];
        Assert.Equal(errors[1], errors.Min());
    }

    [Fact]
    public void A_network_split_on_all_directions_computes_the_same_with_other_weights()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var network = (LayerSequence)ModelCatalog.Build("fc-40-64-64-5", [40], 5, null, 1);
        var inputs = Matrices.Normal(1, 300, 40).to(ScalarType.Float32);
        var hidden = nn.functional.relu(network.Layers[0].call(inputs));
        using var basis = Basis.Of(hidden.to(ScalarType.Float64));
        using var directions = LayerDirections.Principal(basis);
        var chosen = new Dictionary<string, (LayerDirections, long)> { ["fc2"] = (directions, 20) };
        using var smaller = LayerCompression.Compress(network, chosen);
        Assert.Contains("fc2_reduce", smaller.named_children().Select(child => child.name));

        // By hand: the same projection as an edit of the hidden layer.
        var expected = directions.Project(hidden, 20);
        for (int i = 2; i < network.Layers.Count; i++) expected = network.Layers[i].call(expected);
        Near.Equal(expected, smaller.call(inputs), 1e-5);
    }
}
