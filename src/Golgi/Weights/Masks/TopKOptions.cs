using Golgi.Foundation;

namespace Golgi.Weights.Masks;

/// <summary>Settings of <see cref="TopK"/>. Defaults: Ramanujan et al. 2020.</summary>
public sealed record TopKOptions
{
    /// <summary>Fraction of each layer's weights that is kept, above 0 and at most 1. Default 0.5.</summary>
    public double Keep { get => field; init => field = Check.Positive(Check.Fraction(value, nameof(Keep)), nameof(Keep)); } = 0.5;

    /// <summary>Whether a kept weight with a negative score is inverted: a mask of −1, 0 and 1. Default: false.</summary>
    public bool Signed { get; init; }

    /// <summary>Whether weights are multiplied by 1/√<see cref="Keep"/>, which keeps the variance of a layer's outputs. Default: true.</summary>
    public bool Rescale { get; init; } = true;

    /// <summary>Seed of the first scores. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Which weights are masked. Default: all kernels.</summary>
    public MaskScope Scope { get; init; } = MaskScope.Kernels;
}
