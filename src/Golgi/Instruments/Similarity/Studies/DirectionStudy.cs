using Golgi.Foundation;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Networks.Taps;
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
    /// <summary>Measures a layer, each number of directions once.</summary>
    /// <param name="specimen">The network with its data. Borrowed.</param>
    /// <param name="twin">Another network on the same data, or null. Borrowed.</param>
    internal static DirectionStudy Of(Specimen specimen, Specimen? twin, DirectionsOptions options, JobContext context)
    {
        var test = LayerActivations.Shown(specimen);
        string layer = options.Layer;
        using var directions = FittedDirections.Fit(
            specimen, twin, specimen.Data!.Train, layer, LayerActivations.Output(specimen), options.Seed, context.Cancellation);
        long[] sizes = options.Counts.Count > 0 ? [.. options.Counts] : Ladder(directions.Features);
        var curves = new List<DirectionCurve>();
        double full = context.Once("full", Accuracy);
        foreach (var source in directions.Sources)
        {
            long[] used = [.. sizes.Where(k => k < source.Count).Append(Math.Min(source.Count, sizes[^1]))];
            var accuracy = new List<double>();
            foreach (long k in used)
            {
                accuracy.Add(context.Once($"{source.Source}-{k}", () =>
                {
                    using var edit = Intervention.Edit(specimen.Network, layer, activations => source.Project(activations, k));
                    return Accuracy();
                }));
            }

            curves.Add(new DirectionCurve(source.Source, used, accuracy));
            context.Progress?.Report(new WorkProgress("directions", curves.Count, directions.Sources.Count));
        }

        return new DirectionStudy(layer, directions.Features, full, curves);

        double Accuracy() => Evaluator.Evaluate(specimen, test, cancellation: context.Cancellation).Primary;
    }

    private static long[] Ladder(long features) =>
        [.. new long[] { 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 2000, 4000 }.Where(k => k < features), features];
}
