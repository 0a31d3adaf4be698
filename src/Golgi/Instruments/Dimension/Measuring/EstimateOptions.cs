using Golgi.Foundation;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>How long a <see cref="DimensionEstimate"/> looks.</summary>
public sealed record EstimateOptions
{
    /// <summary>Dimensions to try, rising. Default: 40 to 1280, doubling.</summary>
    public IReadOnlyList<int> Dimensions { get; init; } = [40, 80, 160, 320, 640, 1280];

    /// <summary>Steps of each training at the most. Default 400.</summary>
    public int Steps { get => field; init => field = Check.Positive(value, nameof(Steps)); } = 400;

    /// <summary>Examples in a batch. Default 64.</summary>
    public int Batch { get => field; init => field = Check.Positive(value, nameof(Batch)); } = 64;

    /// <summary>Seconds for all trainings; slow networks get fewer steps. Default 8.</summary>
    public double Seconds { get => field; init => field = Check.Positive(value, nameof(Seconds)); } = 8;

    /// <summary>Validation examples at the most. Default 1000.</summary>
    public int Examples { get => field; init => field = Check.Positive(value, nameof(Examples)); } = 1000;

    /// <summary>Share of the network's own accuracy that is to be reached. Default 0.9.</summary>
    public double Threshold { get => field; init => field = Check.Fraction(value, nameof(Threshold)); } = 0.9;

    /// <summary>Seed of first weights, subspaces and batches.</summary>
    public long Seed { get; init; }
}
