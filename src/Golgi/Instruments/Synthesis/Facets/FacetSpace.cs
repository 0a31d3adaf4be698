namespace Golgi.Instruments.Synthesis.Facets;

/// <summary>Where facets are told apart.</summary>
public enum FacetSpace
{
    /// <summary>In the two-dimensional t-SNE map, as in the work.</summary>
    Map,

    /// <summary>In the principal components.</summary>
    Components,
}
