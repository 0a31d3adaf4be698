using Golgi.Foundation;

namespace Golgi.Weights.Masks;

/// <summary>Settings of <see cref="Supermask"/>. Defaults: Zhou et al. 2019.</summary>
public sealed record SupermaskOptions
{
    /// <summary>From probabilities to a mask. Default: Bernoulli.</summary>
    public SupermaskGate Gate { get; init; }

    /// <summary>Whether each layer's kernel is multiplied by weights / kept weights, so that its scale does not fall with its
    /// mask (dynamic weight rescaling). Default: true.</summary>
    public bool Rescale { get; init; } = true;

    /// <summary>The score that all weights begin with; 0 keeps half of them, larger ones more. Default 0.</summary>
    public double InitialScore { get => field; init => field = Check.InRange(value, -20, 20, nameof(InitialScore)); }

    /// <summary>Seed of the masks that are drawn. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Which weights are masked. Default: all kernels.</summary>
    public MaskScope Scope { get; init; } = MaskScope.Kernels;
}
