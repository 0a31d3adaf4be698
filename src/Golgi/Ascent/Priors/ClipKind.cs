namespace Golgi.Ascent.Priors;

/// <summary>By what the least pixels are found.</summary>
public enum ClipKind
{
    /// <summary>|x| of a single value.</summary>
    Value,

    /// <summary>The norm over channels, of a pixel.</summary>
    Norm,

    /// <summary>|Σ_channels x · gradient|: what the pixel contributes, to first order.</summary>
    Contribution,

    /// <summary>Σ_channels x · gradient, with its sign: below zero the pixel takes away.</summary>
    SignedContribution,
}
