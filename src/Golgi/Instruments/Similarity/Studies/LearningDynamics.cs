using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Networks;
using Golgi.Runs;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>How layers settle during training: each snapshot of a network beside its final state.</summary>
/// <param name="Method">The measure's name.</param>
/// <param name="Layers">Layers, from the input to the output.</param>
/// <param name="Steps">Steps of the snapshots, the last being the final state.</param>
/// <param name="Similarity">[layer][snapshot]: a layer then beside the same layer at the end.</param>
/// <param name="Nulls">Per layer, what unrelated layers of its size would give; of the directions kept at the end.</param>
/// <param name="SettledAt">Per layer, the step from which its similarity to the end stays at or above the threshold, between
/// snapshots by linear interpolation.</param>
/// <param name="Threshold">That threshold.</param>
/// <param name="Grids">All layers then beside all layers at the end, at some of the snapshots.</param>
/// <param name="GridSteps">Their steps.</param>
public sealed record LearningDynamics(
    string Method,
    IReadOnlyList<string> Layers,
    IReadOnlyList<long> Steps,
    IReadOnlyList<IReadOnlyList<double>> Similarity,
    IReadOnlyList<double> Nulls,
    IReadOnlyList<double> SettledAt,
    double Threshold,
    IReadOnlyList<SimilarityGrid> Grids,
    IReadOnlyList<long> GridSteps)
{
    /// <summary>The shares of training at which Raghu et al. 2017 (arXiv 1706.05806, figure 3) show whole grids.</summary>
    private static readonly double[] GridShares = [0, 0.35, 0.75, 1];

    /// <summary>True if every layer settles no earlier than the one before it: learning from the bottom up.</summary>
    public bool BottomUp => SettledAt.Zip(SettledAt.Skip(1)).All(pair => pair.First <= pair.Second);

    /// <summary>Measures a run that kept snapshots.</summary>
    /// <param name="run">A run of <c>golgi train --snapshots N</c>. Borrowed.</param>
    /// <param name="specimen">Its network; it holds the final weights again afterwards. Borrowed.</param>
    /// <param name="examples">What it is shown. Borrowed.</param>
    /// <param name="layers">Layer names.</param>
    /// <param name="measure">Which similarity.</param>
    /// <param name="reading">How layers are read.</param>
    /// <param name="threshold">When a layer counts as settled, in (0, 1]. Default 0.9.</param>
    /// <exception cref="ArgumentException">The run has fewer than three snapshots, or a layer is not known.</exception>
    public static LearningDynamics Of(
        Run run,
        Specimen specimen,
        Examples examples,
        IReadOnlyList<string> layers,
        BasisMeasure measure,
        LayerReading? reading = null,
        double threshold = 0.9,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(specimen);
        long[] steps = Snapshots(run);
        if (steps.Length < 3)
        {
            throw new ArgumentException(
                $"{run.Name} has {steps.Length} snapshots; at least 3 are needed. Train with --snapshots 20.");
        }

        Check.InRange(threshold, 1e-6, 1, nameof(threshold));
        var final = Bases(specimen, examples, layers, reading, cancellation);
        long[] shown = [.. GridShares.Select(share => steps.MinBy(step => Math.Abs(step - (share * steps[^1])))).Distinct()];
        var grids = new List<SimilarityGrid>();
        double[][] curves = [.. layers.Select(_ => new double[steps.Length])];
        double[] nulls = new double[layers.Count];
        try
        {
            for (int t = 0; t < steps.Length; t++)
            {
                run.LoadCheckpoint(Name(steps[t]), Checkpoint.StateOf(specimen.Network));
                var then = Bases(specimen, examples, layers, reading, cancellation);
                for (int i = 0; i < layers.Count; i++)
                {
                    var pair = SimilarityGrid.Of([then[i]], [final[i]], measure, cancellation);
                    (curves[i][t], nulls[i]) = (pair.Values[0][0], pair.Nulls[0][0]);
                }

                if (shown.Contains(steps[t])) grids.Add(SimilarityGrid.Of(then, final, measure, cancellation));
                foreach (var (_, basis) in then) basis.Dispose();
                progress?.Report(new WorkProgress("snapshots", t + 1, steps.Length));
            }
        }
        finally
        {
            run.LoadCheckpoint("final", Checkpoint.StateOf(specimen.Network));
            foreach (var (_, basis) in final) basis.Dispose();
        }

        return new LearningDynamics(
            measure.Name, layers, steps, curves, nulls, [.. curves.Select(curve => Settled(steps, curve, threshold))], threshold, grids, shown);
    }

    /// <summary>The step from which a curve stays at or above a threshold.</summary>
    internal static double Settled(IReadOnlyList<long> steps, IReadOnlyList<double> curve, double threshold)
    {
        int last = Enumerable.Range(0, curve.Count).LastOrDefault(t => curve[t] < threshold, -1);
        if (last < 0) return steps[0];
        if (last == curve.Count - 1) return steps[^1];
        double share = (threshold - curve[last]) / (curve[last + 1] - curve[last]);
        return steps[last] + (share * (steps[last + 1] - steps[last]));
    }

    private static List<(string Name, Basis Basis)> Bases(
        Specimen specimen, Examples examples, IReadOnlyList<string> layers, LayerReading? reading, CancellationToken cancellation)
    {
        var rows = LayerActivations.Record(specimen, examples, layers, reading, null, cancellation);
        List<(string, Basis)> result = [.. layers.Select(layer => (layer, LayerActivations.Whitened(rows[layer])))];
        foreach (var part in rows.Values) part.Dispose();
        return result;
    }

    private static long[] Snapshots(Run run) =>
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(run.CheckpointPath("final"))!, "step-*.safetensors")
            .Select(path => long.Parse(Path.GetFileNameWithoutExtension(path)["step-".Length..]))
            .Order(),
    ];

    private static string Name(long step) => Golgi.Training.Trainer.SnapshotName(step);
}
