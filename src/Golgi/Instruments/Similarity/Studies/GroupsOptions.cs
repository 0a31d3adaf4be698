using Golgi.Foundation;
using Golgi.Instruments.Similarity.Measures;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>How two groups of networks are compared.</summary>
public sealed record GroupsOptions
{
    /// <summary>Which similarity, one on whitened layers. Default <c>pwcca</c>.</summary>
    public MeasureChoice Measure { get; init; } = new() { Method = "pwcca" };

    /// <summary>Layers that all have; empty: the usual ones of the first network (<see cref="LayerActivations.Usual"/>).</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>At most this many examples are shown, spread evenly. Default 10,000.</summary>
    public long Examples { get => field; init => field = Check.Positive(value, nameof(Examples)); } = 10_000;
}
