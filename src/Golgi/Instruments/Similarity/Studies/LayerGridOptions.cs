using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>How every layer of a network is compared with every layer of another.</summary>
public sealed record LayerGridOptions
{
    /// <summary>Which similarity.</summary>
    public MeasureChoice Measure { get; init; } = new();

    /// <summary>Layers of the network; empty: the usual ones (<see cref="LayerActivations.Usual"/>).</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Layers of the other network; empty: the usual ones.</summary>
    public IReadOnlyList<string> OtherLayers { get; init; } = [];

    /// <summary>At most this many examples are shown, spread evenly. Default 5000.</summary>
    public long Examples { get => field; init => field = Check.Positive(value, nameof(Examples)); } = 5000;

    /// <summary>What becomes of places. Default: their mean.</summary>
    public SpatialReading Spatial { get; init; } = SpatialReading.Pool;

    /// <summary>With <see cref="SpatialReading.Dft"/>: frequencies along each side, the lowest. Default 8.</summary>
    public long Frequencies { get => field; init => field = Check.Positive(value, nameof(Frequencies)); } = 8;

    /// <summary>What accompanies each value. Default: all.</summary>
    public Companions Companions { get; init; } = Companions.All;

    /// <summary>What surrounds each value. Default: 3 shuffled pairings.</summary>
    public ComparisonOptions Around { get; init; } = new() { Permutations = 3 };
}
