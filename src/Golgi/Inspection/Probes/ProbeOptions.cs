using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Inspection.Probes;

/// <summary>How linear probes are fitted.</summary>
public sealed record ProbeOptions
{
    /// <summary>At most this many examples are fitted, spread evenly over the set. Default 4,000.</summary>
    public long TrainLimit { get; init => field = Check.Positive(value, nameof(TrainLimit)); } = 4000;

    /// <summary>At most this many held-out examples are judged. Default 2,000.</summary>
    public long HeldOutLimit { get; init => field = Check.Positive(value, nameof(HeldOutLimit)); } = 2000;

    /// <summary>Features of an example at the most: maps are averaged over a coarser grid until they fit, and longer
    /// vectors are
    /// projected on this many fixed random signs. Default 800, so that 28×28 pixels stay as they are.</summary>
    public int MostFeatures { get; init => field = Check.Positive(value, nameof(MostFeatures)); } = 800;

    /// <summary>Penalties that are tried, relative to the mean variance of a feature times the number of
    /// examples.</summary>
    public IReadOnlyList<double> Ridges { get; init; } = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10];

    /// <summary>Examples at a time. Default 250.</summary>
    public int Batch { get; init => field = Check.Positive(value, nameof(Batch)); } = 250;

    /// <summary>Where inputs are sent; null: to where the network's weights are.</summary>
    public Device? Device { get; init; }
}
