using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>How two layers are compared.</summary>
public sealed record CompareLayersOptions
{
    /// <summary>Which similarity.</summary>
    public MeasureChoice Measure { get; init; } = new();

    /// <summary>What becomes of places; null: files are flattened, layers of networks averaged over places.</summary>
    public SpatialReading? Spatial { get; init; }

    /// <summary>With <see cref="SpatialReading.Dft"/>: frequencies along each side, the lowest. Null: all.</summary>
    public long? Frequencies { get => field; init => field = value is { } most ? Check.Positive(most, nameof(Frequencies)) : null; }

    /// <summary>At most this many examples are shown to networks, spread evenly. Default 10,000.</summary>
    public long Examples { get => field; init => field = Check.Positive(value, nameof(Examples)); } = 10_000;

    /// <summary>What surrounds the value.</summary>
    public ComparisonOptions Around { get; init; } = new();
}
