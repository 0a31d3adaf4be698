namespace Golgi.Instruments.Dimension.Trials;

/// <summary>How coordinates are shared over a network.</summary>
public enum SubspaceLayout
{
    /// <summary>One projection over all weights, with columns of unit norm over the whole (Li et al. 2018).</summary>
    Whole,

    /// <summary>A projection for each parameter, with coordinates in proportion to the square root of its size.</summary>
    Layers,

    /// <summary>One projection, and one further coordinate for each parameter that scales its part (Aghajanyan et al. 2020, arXiv
    /// 2012.13255).</summary>
    Scaled,
}
