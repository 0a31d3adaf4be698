using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Numerics.Clustering;

/// <summary>k-means: Lloyd's iterations from k-means++ starts, the tightest of several restarts.</summary>
/// <remarks>Lloyd 1982; Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007. A cluster that
/// loses all its points takes the point that lies farthest from its own center.</remarks>
public static class KMeans
{
    /// <summary>Divides points into clusters.</summary>
    /// <param name="points">[samples, features], finite.</param>
    /// <param name="clusters">k, from 1 to the number of points.</param>
    /// <param name="seed">The starts: restart r draws from this generator's words, r in the stream.</param>
    /// <exception cref="ArgumentException">There are fewer points than clusters, or one is not finite.</exception>
    public static Clusters Fit(Tensor points, int clusters, Philox seed, KMeansOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(seed);
        Check.Positive(clusters);
        double[] rows = PointRows.Of(points);
        int width = (int)points.shape[1];
        if (points.shape[0] < clusters)
        {
            throw new ArgumentException(
                $"There are {points.shape[0]} points for {clusters} clusters; there must be at least one for each.", nameof(points));
        }

        options ??= new KMeansOptions();
        var runs = new KMeansRun[options.Restarts];
        Parts.Run(options.Restarts, options.Threads, (part, _) =>
        {
            var random = new Philox(seed.Seed, unchecked((seed.Stream * 1_000_003) + (ulong)part + 1)).Reader();
            runs[part] = new KMeansRun(rows, width, clusters);
            runs[part].Run(random, options.Iterations);
        });
        return runs.MinBy(run => run.Inertia)!.Result();
    }
}
