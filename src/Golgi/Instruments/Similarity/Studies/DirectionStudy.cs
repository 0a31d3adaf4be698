using Golgi.Foundation;
using Golgi.Networks.Taps;
using Golgi.Networks;
using Golgi.Training.Tasks;
using Golgi.Training;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>How few directions of a layer carry a network's answers, by source of the directions.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Features">Its width.</param>
/// <param name="Full">Accuracy of the untouched network.</param>
/// <param name="Curves">One per source.</param>
/// <remarks>Raghu et al. 2017 (arXiv 1706.05806), section 3. Directions are fitted on training examples, accuracy is measured on
/// the test set.</remarks>
public sealed record DirectionStudy(string Layer, long Features, double Full, IReadOnlyList<DirectionCurve> Curves)
{
    /// <summary>Measures a layer.</summary>
    /// <param name="specimen">The network with its data. Borrowed.</param>
    /// <param name="twin">Another network on the same data, or null. Borrowed.</param>
    /// <param name="layer">A layer that gives [N, features], or maps [N, channels, H, W], whose channels are then its features.</param>
    /// <param name="output">The layer of the logits.</param>
    /// <param name="counts">Numbers of directions; empty: 1, 2, 3, 5, 8, ... to the layer's width.</param>
    /// <param name="seed">Of random directions and neurons.</param>
    /// <exception cref="ArgumentException">There are no data, or a layer is not known.</exception>
    public static DirectionStudy Of(
        Specimen specimen,
        Specimen? twin,
        string layer,
        string output,
        IReadOnlyList<long> counts,
        ulong seed,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(counts);
        var data = specimen.Data ?? throw new ArgumentException("There are no data to look at the network with. Name a data set with --data.");
        using var directions = FittedDirections.Fit(specimen, twin, data.Train, layer, output, seed, cancellation);
        long[] sizes = counts.Count > 0 ? [.. counts] : Ladder(directions.Features);
        var curves = new List<DirectionCurve>();
        double full = Evaluator.Evaluate(specimen, data.Test, cancellation: cancellation).Primary;
        foreach (var source in directions.Sources)
        {
            long[] used = [.. sizes.Where(k => k < source.Count).Append(Math.Min(source.Count, sizes[^1]))];
            var accuracy = new List<double>();
            foreach (long k in used)
            {
                using var edit = Intervention.Edit(specimen.Network, layer, activations => source.Project(activations, k));
                accuracy.Add(
                    Evaluator.Evaluate(specimen, data.Test, cancellation: cancellation).Primary);
            }

            curves.Add(new DirectionCurve(source.Source, used, accuracy));
            progress?.Report(new WorkProgress("directions", curves.Count, directions.Sources.Count));
        }

        return new DirectionStudy(layer, directions.Features, full, curves);
    }

    private static long[] Ladder(long features) =>
        [.. new long[] { 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 2000, 4000 }.Where(k => k < features), features];
}
