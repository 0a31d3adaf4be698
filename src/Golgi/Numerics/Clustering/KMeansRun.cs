using Golgi.Numerics.Random;

namespace Golgi.Numerics.Clustering;

/// <summary>One start of <see cref="KMeans"/>.</summary>
internal sealed class KMeansRun(double[] points, int width, int clusters)
{
    private readonly int count = points.Length / width;
    private readonly double[] centers = new double[clusters * width];
    private readonly int[] labels = new int[points.Length / width];
    private readonly double[] distances = new double[points.Length / width];
    private int iterations;

    public double Inertia { get; private set; }

    public void Run(PhiloxReader random, int most)
    {
        Seed(random);
        Assign();
        for (iterations = 1; iterations <= most; iterations++)
        {
            Move();
            if (!Assign()) break;
        }
    }

    /// <summary>Clusters are numbered by size, so that the same division has the same numbers.</summary>
    public Clusters Result()
    {
        int[] sizes = new int[clusters];
        foreach (int label in labels) sizes[label]++;
        int[] order = [.. Enumerable.Range(0, clusters).OrderByDescending(cluster => sizes[cluster]).ThenBy(cluster => centers[cluster * width])];
        int[] rank = new int[clusters];
        for (int i = 0; i < clusters; i++) rank[order[i]] = i;
        return new Clusters(
            [.. labels.Select(label => rank[label])],
            [.. order.Select(cluster => (IReadOnlyList<double>)centers[(cluster * width)..((cluster + 1) * width)])],
            Inertia,
            iterations);
    }

    /// <summary>k-means++: each further center is a point drawn with probability proportional to its squared distance
    /// from the centers so far; the best of 2 + ln k draws is taken, as scikit-learn does.</summary>
    private void Seed(PhiloxReader random)
    {
        int trials = 2 + (int)Math.Log(clusters);
        Array.Copy(points, random.Next(count) * width, centers, 0, width);
        for (int i = 0; i < count; i++) distances[i] = Distance(i, 0);
        double[] best = new double[count], trial = new double[count];
        for (int cluster = 1; cluster < clusters; cluster++)
        {
            double lowest = double.PositiveInfinity, potential = distances.Sum();
            int chosen = 0;
            for (int t = 0; t < trials; t++)
            {
                int candidate = Draw(random.NextDouble() * potential);
                Array.Copy(points, candidate * width, centers, cluster * width, width);
                double sum = 0;
                for (int i = 0; i < count; i++) sum += trial[i] = Math.Min(distances[i], Distance(i, cluster));
                if (sum >= lowest) continue;
                (lowest, chosen) = (sum, candidate);
                (best, trial) = (trial, best);
            }

            Array.Copy(points, chosen * width, centers, cluster * width, width);
            if (lowest < double.PositiveInfinity) best.CopyTo(distances, 0);
        }
    }

    private int Draw(double target)
    {
        for (int i = 0; i < count; i++)
        {
            target -= distances[i];
            if (target < 0) return i;
        }

        return count - 1;
    }

    private bool Assign()
    {
        bool changed = false;
        double inertia = 0;
        for (int i = 0; i < count; i++)
        {
            int nearest = 0;
            double least = double.PositiveInfinity;
            for (int cluster = 0; cluster < clusters; cluster++)
            {
                double distance = Distance(i, cluster);
                if (distance < least) (least, nearest) = (distance, cluster);
            }

            changed |= labels[i] != nearest || iterations == 0;
            labels[i] = nearest;
            distances[i] = least;
            inertia += least;
        }

        Inertia = inertia;
        return changed;
    }

    private void Move()
    {
        Array.Clear(centers);
        int[] sizes = new int[clusters];
        for (int i = 0; i < count; i++)
        {
            sizes[labels[i]]++;
            for (int j = 0; j < width; j++) centers[(labels[i] * width) + j] += points[(i * width) + j];
        }

        for (int cluster = 0; cluster < clusters; cluster++)
        {
            if (sizes[cluster] > 0)
            {
                for (int j = 0; j < width; j++) centers[(cluster * width) + j] /= sizes[cluster];
            }
            else
            {
                int farthest = Array.IndexOf(distances, distances.Max());
                Array.Copy(points, farthest * width, centers, cluster * width, width);
                distances[farthest] = 0;
            }
        }
    }

    private double Distance(int point, int cluster)
    {
        var a = points.AsSpan(point * width, width);
        var b = centers.AsSpan(cluster * width, width);
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            double step = a[j] - b[j];
            sum += step * step;
        }

        return sum;
    }
}
