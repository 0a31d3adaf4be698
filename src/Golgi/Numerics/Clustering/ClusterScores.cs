using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Numerics.Clustering;

/// <summary>How good a division into clusters is: by itself, or beside a known one.</summary>
public static class ClusterScores
{
    /// <summary>Agreement of two divisions beyond chance: 1 for the same division under any names, about 0 for unrelated ones.</summary>
    /// <exception cref="ArgumentException">They have different lengths or no points.</exception>
    /// <remarks>Hubert and Arabie 1985.</remarks>
    public static double AdjustedRand(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        CheckPair(a, b);
        var both = a.Zip(b).CountBy(pair => pair).Sum(cell => Pairs(cell.Value));
        double first = a.CountBy(label => label).Sum(cell => Pairs(cell.Value));
        double second = b.CountBy(label => label).Sum(cell => Pairs(cell.Value));
        double expected = a.Count > 1 ? first * second / Pairs(a.Count) : 0, most = (first + second) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);
    }

    /// <summary>The share of points that belong to the commonest known class of their cluster.</summary>
    /// <param name="clusters">The division to judge.</param>
    /// <param name="classes">The known one.</param>
    /// <exception cref="ArgumentException">They have different lengths or no points.</exception>
    public static double Purity(IReadOnlyList<int> clusters, IReadOnlyList<int> classes)
    {
        CheckPair(clusters, classes);
        return clusters.Zip(classes).GroupBy(pair => pair.First)
            .Sum(group => group.CountBy(pair => pair.Second).Max(cell => cell.Value)) / (double)clusters.Count;
    }

    /// <summary>The mean silhouette: near 1 where clusters are far apart for their width, 0 where they touch, below 0 where points lie nearer to
    /// another one.</summary>
    /// <param name="points">[samples, features].</param>
    /// <param name="clusters">One for each point, at least two different ones; a point alone in its cluster counts 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there is one cluster only.</exception>
    /// <remarks>Rousseeuw 1987: (b − a) / max(a, b) with a, b the mean distances to the own and to the nearest other cluster. O(samples²).</remarks>
    public static double Silhouette(Tensor points, IReadOnlyList<int> clusters)
    {
        Check.Shape(points, $"[{clusters.Count}, features]");
        int[] names = [.. clusters.Distinct().Order()];
        if (names.Length < 2) throw new ArgumentException($"There is {names.Length} cluster; a silhouette needs 2 or more.", nameof(clusters));

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var x = points.detach().cpu().to(ScalarType.Float64);
        var index = tensor(clusters.Select(label => (long)Array.BinarySearch(names, label)).ToArray(), ScalarType.Int64);
        var member = nn.functional.one_hot(index, names.Length).to(ScalarType.Float64);   // [samples, clusters]
        var sizes = member.sum(0L);
        var apart = cdist(x, x) * (1 - eye(x.shape[0], dtype: ScalarType.Float64)); // by way of products, a point lies 1e-8 from itself
        var sums = apart.mm(member);
        var ownSize = sizes.index_select(0, index);
        var own = sums.gather(1, index.unsqueeze(1)).squeeze(1) / (ownSize - 1).clamp_min(1);
        var other = (sums / sizes).masked_fill(member.to(ScalarType.Bool), double.PositiveInfinity).amin([1]);
        var score = (other - own) / maximum(own, other).clamp_min(double.Epsilon);
        return score.masked_fill(ownSize.eq(1), 0).mean().item<double>();
    }

    private static double Pairs(int count) => count * (count - 1.0) / 2;

    private static void CheckPair(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        if (a.Count == b.Count && a.Count > 0) return;
        throw new ArgumentException($"The divisions have {a.Count} and {b.Count} points; they must have the same number, 1 or more.", nameof(b));
    }
}
