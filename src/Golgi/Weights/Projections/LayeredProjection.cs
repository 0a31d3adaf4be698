using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Weights.Projections;

/// <summary>A projection for each parameter of a network, one below the other: P is block diagonal.</summary>
/// <remarks>Coordinates are dealt out in proportion to the square root of each parameter's size, at least one each while they last
/// (Gressmann, Eaton-Rosen and Luschi 2020 compare such divisions).</remarks>
public sealed class LayeredProjection : Projection
{
    private readonly (Projection Part, long Weight, long Coordinate)[] parts;

    private LayeredProjection(string kind, IReadOnlyList<(Segment Segment, int Dimension)> shares, ulong seed)
        : base(shares[^1].Segment.Offset + shares[^1].Segment.Length, shares.Sum(share => share.Dimension))
    {
        Kind = kind;
        long coordinate = 0;
        var made = new List<(Projection, long, long)>();
        for (int k = 0; k < shares.Count; k++)
        {
            var (segment, dimension) = shares[k];
            if (dimension == 0) continue;
            made.Add((ProjectionCatalog.Create(kind, segment.Length, dimension, seed + (ulong)k), segment.Offset, coordinate));
            coordinate += dimension;
        }

        parts = [.. made];
    }

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <summary>Divides the coordinates and makes the parts.</summary>
    /// <param name="kind">A name of <see cref="ProjectionCatalog"/>, for every part.</param>
    /// <param name="segments">The parameters, in the vector's order.</param>
    /// <param name="dimension">d in all, from 1 to D.</param>
    /// <param name="seed">Names the map; part k has the seed plus k.</param>
    public static LayeredProjection Create(string kind, IReadOnlyList<Segment> segments, int dimension, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(segments);
        Check.InRange((long)dimension, 1, segments.Sum(segment => segment.Length), nameof(dimension));
        return new LayeredProjection(kind, Shares(segments, dimension), seed);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var (part, _, _) in parts) part.Dispose();
    }

    /// <inheritdoc/>
    protected override void Multiply(Tensor coordinates, Tensor origin, Tensor weights)
    {
        weights.copy_(origin);
        foreach (var (part, weight, coordinate) in parts)
        {
            part.Apply(
                coordinates.narrow(0, coordinate, part.Dimension),
                origin.narrow(0, weight, part.WeightCount),
                weights.narrow(0, weight, part.WeightCount));
        }
    }

    /// <inheritdoc/>
    protected override void MultiplyTransposed(Tensor gradient, Tensor coordinates)
    {
        foreach (var (part, weight, coordinate) in parts)
        {
            part.Adjoint(gradient.narrow(0, weight, part.WeightCount), coordinates.narrow(0, coordinate, part.Dimension));
        }
    }

    /// <summary>Largest remainders, never more than a parameter has weights.</summary>
    private static List<(Segment Segment, int Dimension)> Shares(IReadOnlyList<Segment> segments, int dimension)
    {
        double[] wishes = [.. segments.Select(segment => Math.Sqrt(segment.Length))];
        int[] shares = new int[segments.Count];
        for (int left = dimension; left > 0;)
        {
            double total = Enumerable.Range(0, shares.Length).Where(k => shares[k] < segments[k].Length).Sum(k => wishes[k]);
            int[] open = [.. Enumerable.Range(0, shares.Length)
                .Where(k => shares[k] < segments[k].Length)
                .OrderByDescending(k => wishes[k] / total * dimension - shares[k])];
            int given = 0;
            foreach (int k in open)
            {
                int share = (int)Math.Min(Math.Max(1, Math.Floor(wishes[k] / total * left)), segments[k].Length - shares[k]);
                share = Math.Min(share, left - given);
                shares[k] += share;
                given += share;
            }

            left -= given;
        }

        return [.. segments.Zip(shares, (segment, share) => (segment, share))];
    }
}
