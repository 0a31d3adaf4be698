using Golgi.Foundation;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Similarity.Spectral;

/// <summary>The frequencies that two layers of maps have in common, each pair of directions once.</summary>
internal sealed class SpectralPairs
{
    private readonly Dictionary<(long U, long V), SpectralPair> byFrequency = [];

    public SpectralPairs(SpectralBasis left, SpectralBasis right, Truncation truncation)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Samples != right.Samples)
        {
            throw new ArgumentException(
                $"One side has {left.Samples} images and the other {right.Samples}; image i of both must be the same, so there must be as many.");
        }

        (Samples, Height, Width) = (left.Samples, Math.Min(left.Height, right.Height), Math.Min(left.Width, right.Width));
        double leftFloor = Floor(left, truncation), rightFloor = Floor(right, truncation);
        var known = new Dictionary<(SpectralDirections, SpectralDirections, bool), SpectralPair>();
        foreach (var at in SpectralBasis.Frequencies(Height, Width))
        {
            var (a, first) = left.At(at.U, at.V);
            var (b, second) = right.At(at.U, at.V);
            int keptLeft = a?.SingularValues.Count(s => s >= leftFloor) ?? 0, keptRight = b?.SingularValues.Count(s => s >= rightFloor) ?? 0;
            (KeptLeft, KeptRight) = (KeptLeft + keptLeft, KeptRight + keptRight);
            if (keptLeft == 0 || keptRight == 0) continue;
            RequireEnough(keptLeft, keptRight);
            var key = (a!, b!, first != second);
            if (known.TryGetValue(key, out var pair)) pair.Weight++;
            else known[key] = pair = new SpectralPair(a!, b!, first != second, keptLeft, keptRight);
            byFrequency[at] = pair;
        }

        if (KeptLeft == 0 || KeptRight == 0) throw new ArgumentException("A layer is constant at every frequency; there is nothing to compare.");
        Pairs = [.. known.Values];
        var nulls = Pairs.Select(pair => (pair.KeptLeft, pair.KeptRight)).Distinct()
            .ToDictionary(kept => kept, kept => CanonicalNull.MeanCorrelation(kept.KeptLeft, kept.KeptRight, Samples));
        Null = Mean(pair => Math.Min(pair.KeptLeft, pair.KeptRight) * nulls[(pair.KeptLeft, pair.KeptRight)]);
    }

    public long Samples { get; }

    public long Height { get; }

    public long Width { get; }

    public long KeptLeft { get; }

    public long KeptRight { get; }

    /// <summary>What the mean is to be expected of unrelated layers.</summary>
    public double Null { get; }

    public IReadOnlyList<SpectralPair> Pairs { get; }

    /// <summary>The pair of a frequency; null where a side does not vary.</summary>
    public SpectralPair? At((long U, long V) frequency) => byFrequency.GetValueOrDefault(frequency);

    /// <summary>A sum over all frequencies for each direction of the smaller side.</summary>
    public double Mean(Func<SpectralPair, double> sum) => Pairs.Sum(pair => pair.Weight * sum(pair)) / Math.Min(KeptLeft, KeptRight);

    // The least singular value that a rule keeps. A value and its mirror image stay together.
    private static double Floor(SpectralBasis side, Truncation truncation)
    {
        var values = side.SingularValues;
        return values.Count == 0 ? 0 : values[(int)truncation.Count([.. values]) - 1];
    }

    private void RequireEnough(int left, int right)
    {
        if (left + right <= Samples - 1) return;
        throw new RefusedException(
            $"{Samples} images cannot tell {left} channels from {right}; take more than {left + right}, or keep fewer directions.");
    }
}
