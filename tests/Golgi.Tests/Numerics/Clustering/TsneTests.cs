using System.Globalization;
using Golgi.Numerics.Clustering;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Numerics.Clustering;

public sealed class TsneTests
{
    [Theory]
    [InlineData(5, 0.015657465904951096)] // TSNE(perplexity=5, init="pca", learning_rate="auto").fit(X).kl_divergence_, scikit-learn 1.2.1
    [InlineData(10, 0.013513514772057533)]
    public void The_map_is_as_good_as_scikit_learns(double perplexity, double divergence)
    {
        using var points = PlanarPoints.Groups();
        using var map = Tsne.Embed(points, new TsneOptions { Perplexity = perplexity, Threads = 1 });
        Assert.InRange(map.Divergence / divergence, 0.9, 1.1); // sixty points: a local minimum more or less shows; see the slow test for 2 %
        Assert.True(Neighborhoods.Trustworthiness(points, map.Positions, 5) > 0.995);
    }

    [Fact]
    public void Trustworthiness_is_scikit_learns()
    {
        using var points = PlanarPoints.Groups();
        using var components = PrincipalComponents.Fit(points, 2);
        using var map = components.Project(points);
        Assert.Equal(0.9830769230769231, Neighborhoods.Trustworthiness(points, map, 5), 12); // trustworthiness(X, PCA(3) first two, n_neighbors=5)
    }

    [Fact]
    public void The_map_does_not_depend_on_the_number_of_threads()
    {
        using var points = PlanarPoints.Groups();
        var options = new TsneOptions { Perplexity = 8, Iterations = 60, EarlyIterations = 30 };
        using var one = Tsne.Embed(points, options with { Threads = 1 });
        using var three = Tsne.Embed(points, options with { Threads = 3 });
        Near.Exact(one.Positions, three.Positions);
    }

    [Fact]
    public void The_tree_with_theta_zero_sums_over_all_pairs_also_where_points_coincide()
    {
        double[] positions = [0, 0, 1, 0, 1, 0, -2, 3, 0.5, 0.25, 7, 7, 1, 0];
        int count = positions.Length / 2;
        double[] forces = new double[2 * count], sums = new double[count];
        var tree = new PointTree(count);
        tree.Build(positions);
        tree.Repulsion(0, count, theta: 0, forces, sums);
        for (int i = 0; i < count; i++)
        {
            double sum = 0, force = 0;
            for (int j = 0; j < count; j++)
            {
                if (j == i) continue;
                double x = positions[2 * i] - positions[2 * j], y = positions[(2 * i) + 1] - positions[(2 * j) + 1];
                double kernel = 1 / (1 + (x * x) + (y * y));
                sum += kernel;
                force += kernel * kernel * x;
            }

            Assert.Equal(sum, sums[i], 12);
            Assert.Equal(force, forces[2 * i], 12);
        }
    }

    [Fact]
    public void The_tree_approximates_within_a_percent_at_theta_one_half()
    {
        const int count = 500;
        float[] drawn = new float[2 * count];
        new Philox(4).FillNormal(drawn);
        double[] positions = [.. drawn.Select(value => (double)value)];
        double[] exact = new double[2 * count], near = new double[2 * count], exactSums = new double[count], nearSums = new double[count];
        var tree = new PointTree(count);
        tree.Build(positions);
        tree.Repulsion(0, count, 0, exact, exactSums);
        tree.Repulsion(0, count, 0.5, near, nearSums);
        Assert.InRange(nearSums.Sum() / exactSums.Sum(), 0.99, 1.01);
        double error = exact.Zip(near, (e, n) => (e - n) * (e - n)).Sum() / exact.Sum(e => e * e);
        Assert.InRange(Math.Sqrt(error), 1e-9, 0.02); // an approximation, and a good one
    }

    [Fact]
    public void Too_few_points_for_the_perplexity_are_refused()
    {
        using var points = PlanarPoints.Groups(20);
        Assert.Contains("20 points", Assert.Throws<ArgumentException>(() => Tsne.Embed(points)).Message);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Maps_of_two_thousand_points_match_scikit_learn_within_two_percent()
    {
        using var scope = NewDisposeScope();
        float[] drawn = new float[2000 * 20];
        new Philox(9).FillNormal(drawn);
        var points = tensor(drawn).reshape(2000, 20) + (nn.functional.one_hot(arange(2000).remainder(8), 20).to(ScalarType.Float32) * 4);
        string path = Path.Combine(Path.GetTempPath(), $"golgi-tsne-{Environment.ProcessId}.bin");
        try
        {
            File.WriteAllBytes(path, points.bytes.ToArray());
            string[] answer = Python.Run(
                """
                import sys, numpy as np
                from sklearn.manifold import TSNE, trustworthiness
                from sklearn.cluster import KMeans
                from sklearn.decomposition import PCA
                X = np.fromfile(sys.argv[1], np.float32).reshape(2000, 20)
                t = TSNE(2, init="pca", learning_rate="auto", random_state=0).fit(X)
                print(t.kl_divergence_, trustworthiness(X, t.embedding_), KMeans(8, n_init=10, random_state=0).fit(X).inertia_,
                      PCA(5).fit(X).explained_variance_.sum())
                """, path).Split(' ');
            double[] expected = [.. answer.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            using var map = Tsne.Embed(points);
            using var components = PrincipalComponents.Fit(points, 5);
            Assert.InRange(map.Divergence / expected[0], 0.9, 1.02);
            Assert.InRange(Neighborhoods.Trustworthiness(points, map.Positions, 5) / expected[1], 0.98, 1.1);
            Assert.InRange(KMeans.Fit(points, 8, new Philox(1)).Inertia / expected[2], 0.98, 1.02);
            Assert.InRange(components.Variances.sum().item<double>() / expected[3], 0.9999, 1.0001);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
