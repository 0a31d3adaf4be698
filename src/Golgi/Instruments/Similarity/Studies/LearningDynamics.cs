using System.Globalization;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Runs;
using Golgi.Training;
using static TorchSharp.torch;

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

    /// <summary>The steps of a run's snapshots, in order.</summary>
    /// <exception cref="ArgumentException">There are fewer than three.</exception>
    internal static IReadOnlyList<long> Snapshots(Run run)
    {
        long[] steps =
        [
            .. Directory.EnumerateFiles(Path.GetDirectoryName(run.CheckpointPath("final"))!, "step-*.safetensors")
                .Select(path => long.Parse(Path.GetFileNameWithoutExtension(path)["step-".Length..], CultureInfo.InvariantCulture))
                .Order(),
        ];
        return steps.Length >= 3
            ? steps
            : throw new ArgumentException($"{run.Name} has {steps.Length} snapshots; at least 3 are needed. Train with --snapshots 20.");
    }

    /// <summary>The file of a snapshot.</summary>
    internal static string Snapshot(Run run, long step) => run.CheckpointPath(Trainer.SnapshotName(step));

    /// <summary>Measures a run that kept snapshots, each snapshot once.</summary>
    /// <param name="run">Borrowed.</param>
    /// <param name="specimen">Its network in the final state, which it is in again afterwards. Borrowed.</param>
    internal static LearningDynamics Of(Run run, Specimen specimen, DynamicsOptions options, JobContext context)
    {
        using var scope = NewDisposeScope();
        var (measure, layers, steps) = (options.Measure.OnBases(), options.Layers, Snapshots(run));
        var state = Checkpoint.StateOf(specimen.Network);
        var kept = state.Select(entry => entry.Value.detach().clone()).ToArray();
        var final = Bases(specimen, options, context.Cancellation);
        long[] shown = [.. GridShares.Select(share => steps.MinBy(step => Math.Abs(step - (share * steps[^1])))).Distinct()];
        var moments = new List<Moment>();
        try
        {
            foreach (long step in steps)
            {
                moments.Add(context.Once($"snapshot-{step}", () =>
                {
                    Checkpoint.Load(Snapshot(run, step), state);
                    var then = Bases(specimen, options, context.Cancellation);
                    SimilarityGrid[] pairs = [.. then.Zip(final, (a, b) => SimilarityGrid.Of([a], [b], measure, context.Cancellation))];
                    var grid = shown.Contains(step) ? SimilarityGrid.Of(then, final, measure, context.Cancellation) : null;
                    foreach (var (_, basis) in then) basis.Dispose();
                    return new Moment([.. pairs.Select(pair => pair.Values[0][0])], [.. pairs.Select(pair => pair.Nulls[0][0])], grid);
                }));
                context.Progress?.Report(new WorkProgress("snapshots", moments.Count, steps.Count));
            }
        }
        finally
        {
            using var _ = no_grad();
            foreach (var ((_, value), before) in state.Zip(kept)) value.copy_(before);
            foreach (var (_, basis) in final) basis.Dispose();
        }

        double[][] curves = [.. layers.Select((_, i) => moments.Select(moment => moment.Similarity[i]).ToArray())];
        return new LearningDynamics(
            measure.Name, layers, steps, curves, moments[^1].Nulls, [.. curves.Select(curve => Settled(steps, curve, options.Threshold))],
            options.Threshold, [.. moments.Select(moment => moment.Grid).OfType<SimilarityGrid>()], shown);
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
        Specimen specimen, DynamicsOptions options, CancellationToken cancellation)
    {
        var reading = new LayerReading { Examples = options.Examples };
        var rows = LayerActivations.Record(specimen, LayerActivations.Shown(specimen), options.Layers, reading, null, cancellation);
        List<(string, Basis)> result = [.. options.Layers.Select(layer => (layer, LayerActivations.Whitened(rows[layer])))];
        foreach (var part in rows.Values) part.Dispose();
        return result;
    }

    /// <summary>One snapshot: each layer beside its end, with its null, and all layers beside all where that is shown.</summary>
    private sealed record Moment(IReadOnlyList<double> Similarity, IReadOnlyList<double> Nulls, SimilarityGrid? Grid);
}
