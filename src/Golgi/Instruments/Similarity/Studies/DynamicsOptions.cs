using Golgi.Foundation;
using Golgi.Instruments.Similarity.Measures;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>How layers are followed while a network learns.</summary>
public sealed record DynamicsOptions
{
    /// <summary>Which similarity, one on whitened layers.</summary>
    public MeasureChoice Measure { get; init; } = new();

    /// <summary>Layers; empty: the usual ones (<see cref="LayerActivations.Usual"/>).</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>At most this many examples are shown, spread evenly. Default 5000.</summary>
    public long Examples { get => field; init => field = Check.Positive(value, nameof(Examples)); } = 5000;

    /// <summary>Similarity to the final state from which a layer counts as settled, in (0, 1]. Default 0.9.</summary>
    public double Threshold { get => field; init => field = Check.InRange(value, 1e-6, 1, nameof(Threshold)); } = 0.9;
}
