using Golgi.Foundation;

namespace Golgi.Weights.Projections;

/// <summary>The random projections, made by name.</summary>
public static class ProjectionCatalog
{
    /// <summary>What to take when nothing speaks for another: exact and cheapest.</summary>
    public const string Default = "grouping";

    private static readonly Dictionary<string, Func<long, int, ulong, Projection>> Makers = new()
    {
        ["grouping"] = (weights, dimension, seed) => new GroupingProjection(weights, dimension, seed),
        ["fastfood"] = FastfoodProjection.Stacked,
        ["fastfood-single"] = FastfoodProjection.Single,
        ["dense"] = (weights, dimension, seed) => DenseProjection.Gaussian(weights, dimension, seed),
        ["orthonormal"] = DenseProjection.Orthonormal,
        ["sparse"] = (weights, dimension, seed) => new SparseProjection(weights, dimension, seed),
        ["kronecker"] = (weights, dimension, seed) => new KroneckerProjection(weights, dimension, seed),
    };

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <summary>Makes the projection of a name.</summary>
    /// <param name="kind">One of <see cref="Names"/>.</param>
    /// <param name="weights">D.</param>
    /// <param name="dimension">d, from 1 to D.</param>
    /// <param name="seed">Names the map among those of its kind.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such projection, or a size is out of its range.</exception>
    public static Projection Create(string kind, long weights, int dimension, ulong seed) =>
        Makers[Check.Known(kind, Names, "projection")](weights, dimension, seed);
}
