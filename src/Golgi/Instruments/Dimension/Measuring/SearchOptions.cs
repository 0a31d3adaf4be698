using Golgi.Foundation;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>Which dimensions are tried, and what counts as success.</summary>
public sealed record SearchOptions
{
    /// <summary>Share of the baseline that must be exceeded. Default 0.9, which gives d90; 1 gives d100.</summary>
    public double Threshold { get => field; init => field = Check.Positive(value, nameof(Threshold)); } = 0.9;

    /// <summary>What the threshold is a share of. Default: direct training of the same network.</summary>
    public BaselinePolicy Baseline { get; init; } = BaselinePolicy.Own;

    /// <summary>Repetitions with other seeds at each dimension that decides. Default 3.</summary>
    public int Replicates { get => field; init => field = Check.Positive(value, nameof(Replicates)); } = 3;

    /// <summary>Where the search starts. Default 200.</summary>
    public int Start { get => field; init => field = Check.Positive(value, nameof(Start)); } = 200;

    /// <summary>The search ends when a success is at most this factor above a failure. Default 1.25.</summary>
    public double Resolution { get => field; init => field = Check.InRange(value, 1.001, 100, nameof(Resolution)); } = 1.25;

    /// <summary>Dimensions to try instead of searching, or on top of it where they bracket nothing; empty: search.</summary>
    public IReadOnlyList<int> At { get; init; } = [];
}
