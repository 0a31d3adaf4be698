using Golgi.Foundation;

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>How much surrounds a comparison's value.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Seed of shuffled pairings and of the groups that are left out. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Shuffled pairings for the permutation null; 0 leaves it out. Default: as many, from 3 to 100, as about
    /// 1.5·10¹¹ multiplications allow.</summary>
    public int? Permutations { get => field; init => field = value is { } n ? (int)Check.InRange(n, 0, 100_000, nameof(Permutations)) : null; }

    /// <summary>Groups of examples that are left out in turn for the interval (delete-a-group jackknife). Default 10; fewer
    /// where their sums would take more than 40 MB.</summary>
    public int Groups { get => field; init => field = (int)Check.InRange(value, 4, 1000, nameof(Groups)); } = 10;

    /// <summary>Coverage of the interval. Default 0.95.</summary>
    public double Confidence { get => field; init => field = Check.InRange(value, 0.5, 0.9999, nameof(Confidence)); } = 0.95;

    /// <summary>What happens where the kept directions outnumber the samples, so that correlations of 1 come by themselves.</summary>
    public FewSamples FewSamples { get; init; } = FewSamples.Refuse;

    /// <summary>The most samples that a measure on pairs of samples takes; its memory is 8·n² bytes a matrix. Default 10,000.</summary>
    public long PairwiseLimit { get => field; init => field = Check.Positive(value, nameof(PairwiseLimit)); } = 10_000;
}
