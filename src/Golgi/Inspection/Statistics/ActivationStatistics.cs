using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks;
using Golgi.Networks.Taps;

namespace Golgi.Inspection.Statistics;

/// <summary>Dead units, sparsity and rank of layers, in one streaming pass: memory does not grow with the number of
/// examples.</summary>
public static class ActivationStatistics
{
    /// <summary>Up to so many units a layer's covariance is accumulated: a matrix of float64 with this many
    /// rows.</summary>
    public const int MostUnitsForRank = 2048;

    /// <summary>Measures layers over examples, in float64.</summary>
    /// <param name="specimen">The network. Borrowed.</param>
    /// <param name="examples">What it is shown. Borrowed.</param>
    /// <param name="layers">Dotted names; each layer's output is [N, units, ...], and every place counts as a
    /// sample.</param>
    /// <param name="options">Batch, limit, device; null: the defaults.</param>
    /// <returns>One entry per layer, in the order given.</returns>
    /// <exception cref="ArgumentException">A layer is not known or has no units, or there are no examples.</exception>
    public static IReadOnlyList<LayerStatistics> Measure(
        Specimen specimen,
        Examples examples,
        IReadOnlyList<string> layers,
        PassOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        using var tap = new ActivationTap(specimen.Network, layers);
        var moments = tap.Layers.ToDictionary(layer => layer, layer => new LayerMoments(layer));
        try
        {
            ExamplePass.Run(
                specimen,
                examples,
                options,
                "activations",
                (_, inputs) =>
                {
                    tap.Run(inputs);
                    foreach (var (layer, moment) in moments) moment.Add(tap[layer]);
                },
                progress,
                cancellation);
            return [.. layers.Select(layer => moments[layer].Finish())];
        }
        finally
        {
            foreach (var moment in moments.Values) moment.Dispose();
        }
    }
}
