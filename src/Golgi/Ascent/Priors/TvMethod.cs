namespace Golgi.Ascent.Priors;

/// <summary>How a total variation denoising step is solved.</summary>
public enum TvMethod
{
    /// <summary>Split Bregman iterations, as scikit-image has them; far from the minimum for small weights.</summary>
    SplitBregman,

    /// <summary>Fast gradient projection on the dual (Beck and Teboulle 2009).</summary>
    Dual,
}
