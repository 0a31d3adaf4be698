using Golgi.Numerics.Clustering;
using Golgi.Numerics.Random;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Numerics.Clustering;

public sealed class ClusteringTests
{
    [Fact]
    public void KMeans_finds_three_groups_as_tightly_as_scikit_learn()
    {
        using var points = PlanarPoints.Groups();
        var found = KMeans.Fit(points, 3, new Philox(1));
        Assert.Equal(183.192858378183, found.Inertia, 9); // KMeans(3, n_init=10).fit(X).inertia_, scikit-learn 1.2.1
        Assert.Equal(1, ClusterScores.AdjustedRand(found.Labels, PlanarPoints.Classes(60, 3)));
        Assert.Equal(0.4798253961160463, ClusterScores.Silhouette(points, found.Labels), 10); // silhouette_score
    }

    [Fact]
    public void The_division_does_not_depend_on_threads_and_repeats()
    {
        using var points = PlanarPoints.Groups();
        var one = KMeans.Fit(points, 5, new Philox(3), new KMeansOptions { Restarts = 6 });
        var two = KMeans.Fit(points, 5, new Philox(3), new KMeansOptions { Restarts = 6, Threads = 2 });
        Assert.Equal(one.Labels, two.Labels);
        Assert.Equal(one.Inertia, two.Inertia);
    }

    [Fact]
    public void Lloyds_result_is_a_fixed_point_and_more_restarts_are_never_worse()
    {
        using var points = PlanarPoints.Groups();
        double last = double.PositiveInfinity;
        foreach (int restarts in (int[])[1, 4, 16])
        {
            var found = KMeans.Fit(points, 7, new Philox(2), new KMeansOptions { Restarts = restarts });
            Assert.True(found.Inertia <= last);
            last = found.Inertia;
            for (int cluster = 0; cluster < 7; cluster++)
            {
                var members = found.Nearest(points, cluster);
                double mean = members.Average(i => points[i, 0].item<double>());
                Assert.Equal(mean, found.Centers[cluster][0], 10);
            }
        }
    }

    [Fact]
    public void Points_that_coincide_still_fill_the_clusters_they_can()
    {
        using var points = zeros(6, 2);
        points[5, 0] = 1f;
        var found = KMeans.Fit(points, 2, new Philox(1));
        Assert.Equal(0, found.Inertia);
        Assert.Equal([5, 1], [found.Labels.Count(label => label == 0), found.Labels.Count(label => label == 1)]);
    }

    [Fact]
    public void More_clusters_than_points_are_refused()
    {
        using var points = zeros(3, 2);
        Assert.Contains("3 points for 4 clusters", Assert.Throws<ArgumentException>(() => KMeans.Fit(points, 4, new Philox(1))).Message);
    }

    [Fact]
    public void Agreement_scores_are_scikit_learns()
    {
        Assert.Equal(0.4444444444444444, ClusterScores.AdjustedRand([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2]), 12); // adjusted_rand_score
        Assert.Equal(5 / 6.0, ClusterScores.Purity([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2]), 12);
        using var points = PlanarPoints.Groups();
        Assert.Equal(-0.07603309051815485, ClusterScores.Silhouette(points, PlanarPoints.Classes(60, 4)), 10);
    }
}
