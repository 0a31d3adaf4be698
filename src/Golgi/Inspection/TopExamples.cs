using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks;
using Golgi.Networks.Taps;

namespace Golgi.Inspection;

/// <summary>Finds the examples that excite every unit of some layers most, in one streaming pass.</summary>
public static class TopExamples
{
    /// <summary>Searches.</summary>
    /// <param name="specimen">The network. Borrowed.</param>
    /// <param name="examples">What is searched. Borrowed.</param>
    /// <param name="layers">Dotted names; each layer's output is [N, units, ...]. A unit's excitement by an example is
    /// its largest
    /// activation over all places.</param>
    /// <param name="count">How many examples for each unit; fewer if there are fewer.</param>
    /// <param name="options">Batch, limit, device; null: the defaults.</param>
    /// <returns>Layer by layer in the order given, unit by unit; of examples that excite equally the first one
    /// found.</returns>
    /// <exception cref="ArgumentException">A layer is not known or has no units, or there are no examples.</exception>
    public static IReadOnlyList<UnitTops> Find(
        Specimen specimen,
        Examples examples,
        IReadOnlyList<string> layers,
        int count,
        PassOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        Check.Positive(count);
        using var tap = new ActivationTap(specimen.Network, layers);
        var best = tap.Layers.ToDictionary(layer => layer, layer => new BestOfLayer(layer, count));
        try
        {
            ExamplePass.Run(
                specimen,
                examples,
                options,
                "top examples",
                (indices, inputs) =>
                {
                    tap.Run(inputs);
                    foreach (var (layer, list) in best) list.Add(tap[layer], indices);
                },
                progress,
                cancellation);
            var fields = specimen.InputShape.Count == 3
                ? ReceptiveField.OfAll(specimen.Network, specimen.InputShape, layers)
                : null;
            return [.. layers.SelectMany(layer => best[layer].Finish(fields?[layer]))];
        }
        finally
        {
            foreach (var list in best.Values) list.Dispose();
        }
    }
}
