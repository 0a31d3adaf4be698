using Golgi.Foundation;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Which layers are asked what they know of each class.</summary>
public sealed record SensitivityOptions
{
    /// <summary>Layers; empty: the usual ones (<see cref="LayerActivations.Usual"/>).</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>At most this many examples are shown, spread evenly. Default 5000.</summary>
    public long Examples { get => field; init => field = Check.Positive(value, nameof(Examples)); } = 5000;
}
