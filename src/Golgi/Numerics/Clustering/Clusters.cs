using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Numerics.Clustering;

/// <summary>What <see cref="KMeans"/> found.</summary>
/// <param name="Labels">The cluster of each point, 0 to k − 1; clusters are numbered by size, the largest first.</param>
/// <param name="Centers">One per cluster, each with as many coordinates as a point.</param>
/// <param name="Inertia">The sum of the points' squared distances to their centers.</param>
/// <param name="Iterations">Lloyd's iterations that the best start took.</param>
public sealed record Clusters(
    IReadOnlyList<int> Labels, IReadOnlyList<IReadOnlyList<double>> Centers, double Inertia, int Iterations)
{
    /// <summary>The points of a cluster, the nearest to its center first.</summary>
    /// <param name="points">The points that were clustered, [samples, features].</param>
    /// <param name="cluster">0 to k − 1.</param>
    public IReadOnlyList<int> Nearest(Tensor points, int cluster)
    {
        double[] rows = PointRows.Of(points);
        var center = Centers[(int)Check.InRange(cluster, 0, Centers.Count - 1)];
        int width = center.Count;
        var members = new List<(double Distance, int Index)>();
        for (int i = 0; i < Labels.Count; i++)
        {
            if (Labels[i] != cluster) continue;
            double distance = 0;
            for (int j = 0; j < width; j++)
            {
                double step = rows[(i * width) + j] - center[j];
                distance += step * step;
            }

            members.Add((distance, i));
        }

        return [.. members.Order().Select(member => member.Index)];
    }
}
