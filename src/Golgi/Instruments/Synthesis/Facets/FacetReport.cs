using Golgi.Instruments.Synthesis.Visualization;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Facets;

/// <summary>The facets of a unit.</summary>
/// <param name="Unit">What was looked at.</param>
/// <param name="Facets">The largest first.</param>
/// <param name="Examples">The images that were clustered, indices into the data set.</param>
/// <param name="Assignments">The facet of each.</param>
/// <param name="Silhouette">How far apart the clusters are where they were found; null for a single one.</param>
/// <param name="Map">float64 [images, 2]. Owned by this object.</param>
/// <param name="Means">The mean of each facet's nearest images, [k, C, H, W] in [0, 1]. Owned by this object.</param>
/// <param name="Pictures">What ascent from the means came to. Owned by this object.</param>
public sealed record FacetReport(
    Target Unit,
    IReadOnlyList<Facet> Facets,
    IReadOnlyList<long> Examples,
    IReadOnlyList<int> Assignments,
    double? Silhouette,
    Tensor Map,
    Tensor Means,
    PreferredPictures Pictures) : IDisposable
{
    /// <summary>The share of images that have the commonest label of their facet, 0 to 1: 1 where every facet is of one
    /// label.</summary>
    public double Purity =>
        (double)Facets.Sum(facet => facet.Labels.Count == 0 ? 0 : facet.Labels[0].Value) / Math.Max(1, Examples.Count);

    /// <inheritdoc/>
    public void Dispose()
    {
        Map.Dispose();
        Means.Dispose();
        Pictures.Dispose();
    }
}
