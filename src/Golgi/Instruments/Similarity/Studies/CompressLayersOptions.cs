using Golgi.Foundation;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>How far layers are compressed.</summary>
public sealed record CompressLayersOptions
{
    /// <summary>Directions kept, as shares of a layer's inputs, each in [0, 1]; of any share at least one is kept.</summary>
    public IReadOnlyList<double> Shares
    {
        get => field;
        init => field = [.. value.Select(share => Check.Fraction(share, nameof(Shares)))];
    } = [0.01, 0.02, 0.05, 0.1, 0.2, 0.35];

    /// <summary>Seed of random directions and neurons. Default 0.</summary>
    public ulong Seed { get; init; }
}
