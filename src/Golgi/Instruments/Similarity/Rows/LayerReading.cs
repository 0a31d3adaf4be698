using Golgi.Foundation;

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>How layers of networks are read for comparisons.</summary>
public sealed record LayerReading
{
    /// <summary>What places of a map become. Default: their mean, which makes layers of all sizes comparable.</summary>
    public MapReading Maps { get; init; } = MapReading.Pool;

    /// <summary>At most this many examples, spread evenly. Default 5000.</summary>
    public long Examples { get => field; init => field = Check.Positive(value, nameof(Examples)); } = 5000;
}
