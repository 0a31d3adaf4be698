using Golgi.Instruments.Dimension.Trials;
using Golgi.Weights;

namespace Golgi.Instruments.Dimension.Adapters;

/// <summary>How large an adapter must be that brings a trained network to another task, from the intrinsic dimension of doing so.</summary>
/// <param name="Coordinates">Of a random basis: the upper end of d90's interval, rounded up.</param>
/// <param name="Spread">Whether a scale for each parameter is among them, as the smaller dimension was found.</param>
/// <param name="Bytes">What a random-basis adapter takes beside the trained weights: coordinates of 16 bits, their scale and a seed.</param>
/// <param name="BasisAccuracy">What training with it reached, once.</param>
/// <param name="Rank">Of low-rank adapters on every kernel: the smallest with at least that many numbers.</param>
/// <param name="LowRankCoordinates">Σ r (m + n) at that rank.</param>
/// <param name="LowRankAccuracy">What training with them reached, once.</param>
/// <param name="Target">The accuracy to exceed.</param>
/// <remarks>That d random directions suffice does not prove that d numbers of another kind do; hence both are tried.</remarks>
public sealed record AdapterAdvice(
    int Coordinates,
    SubspaceLayout Spread,
    long Bytes,
    double BasisAccuracy,
    int Rank,
    long LowRankCoordinates,
    double LowRankAccuracy,
    double Target)
{
    private const int SeedBytes = 8, ScaleBytes = 4, CoordinateBytes = 2;

    /// <summary>The bytes of a random-basis adapter.</summary>
    internal static long BytesOf(int coordinates) => SeedBytes + ScaleBytes + ((long)CoordinateBytes * coordinates);

    /// <summary>The smallest rank whose adapters have at least so many numbers; at most the rank at which they can be any matrices.</summary>
    /// <param name="segments">A network's parameters.</param>
    /// <param name="coordinates">At least so many numbers.</param>
    internal static int RankFor(IReadOnlyList<Segment> segments, int coordinates)
    {
        int full = (int)segments.Where(segment => segment.IsKernel).Max(segment => Math.Min(segment.Shape[0], segment.FanIn));
        return Enumerable.Range(1, full).FirstOrDefault(rank => LowRank.CoordinateCount(segments, rank) >= coordinates, full);
    }
}
