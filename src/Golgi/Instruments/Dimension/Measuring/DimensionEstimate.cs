using System.Diagnostics;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Networks.Catalog;
using Golgi.Networks;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;
using Golgi.Training.Tasks;
using Golgi.Training;
using Golgi.Weights.Projections;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>
/// A look of seconds at the intrinsic dimension of a specimen's task: its architecture, from fresh weights, one short training for each of a few
/// dimensions. Short trainings need more dimensions than long ones, so the answer is an upper estimate; <see cref="MeasureJob"/> gives the
/// measurement.
/// </summary>
public static class DimensionEstimate
{
    private const int Probe = 10;

    /// <summary>True for specimens that can be looked at: float32 weights on the CPU, no running statistics, training and validation data.</summary>
    public static bool Suits(Specimen specimen)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        return specimen.Data is { Train.Count: > 0, Validation.Count: > 0 }
            && !specimen.Network.named_buffers().Any()
            && specimen.Network.parameters().Any()
            && specimen.Network.parameters().All(p => p.dtype == ScalarType.Float32 && p.device_type == TorchSharp.DeviceType.CPU);
    }

    /// <summary>Looks. The specimen's weights are used as scratch and put back bit for bit.</summary>
    /// <param name="specimen">Borrowed; see <see cref="Suits"/>.</param>
    /// <param name="options">How long.</param>
    /// <param name="progress">Dimensions done.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="ArgumentException">The specimen does not suit.</exception>
    public static EstimateReport Execute(
        Specimen specimen, EstimateOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (!Suits(specimen))
        {
            throw new ArgumentException(
                "This network cannot be looked at: it needs float32 weights on the CPU, no running statistics, and data with a validation part.",
                nameof(specimen));
        }

        options ??= new EstimateOptions();
        using var weights = new WeightVector(specimen.Network);
        using var keep = weights.Values.clone();
        try
        {
            return Look(specimen, weights, options, progress, cancellation);
        }
        finally
        {
            using var _ = no_grad();
            weights.Values.copy_(keep);
        }
    }

    private static EstimateReport Look(
        Specimen specimen, WeightVector weights, EstimateOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var data = specimen.Data!;
        using var indices = arange(Math.Min(options.Examples, data.Validation.Count)).clone();
        using var judged = new ExamplesSubset(data.Validation, indices.alias());
        double own = Evaluator.Evaluate(specimen, judged, cancellation: cancellation).Primary;
        Initialization.Apply(specimen.Network, "kaiming-normal", options.Seed);
        int[] dimensions = [.. options.Dimensions.Where(d => d <= weights.Count)];
        long steps = 0;
        var curve = new List<(int Dimension, double Accuracy)>();
        foreach (int dimension in dimensions)
        {
            progress?.Report(new WorkProgress($"dimension {dimension}", curve.Count, dimensions.Length));
            if (steps == 0) steps = Affordable(specimen, weights, options, dimensions.Length, cancellation);
            Train(specimen, weights, dimension, steps, options, cancellation);
            curve.Add((dimension, Evaluator.Evaluate(specimen, judged, cancellation: cancellation).Primary));
            Initialization.Apply(specimen.Network, "kaiming-normal", options.Seed);
        }

        double target = options.Threshold * own;
        var points = curve.Select(point => (point.Dimension, (IReadOnlyList<double>)[point.Accuracy])).ToArray();
        return new EstimateReport(weights.Count, own, target, curve, Crossing.Find(points, target), steps);
    }

    /// <summary>Steps that fit into the time, by a trial of a few.</summary>
    private static long Affordable(
        Specimen specimen, WeightVector weights, EstimateOptions options, int trainings, CancellationToken cancellation)
    {
        Train(specimen, weights, 1, 2, options, cancellation);
        var watch = Stopwatch.StartNew();
        Train(specimen, weights, 1, Probe, options, cancellation);
        Initialization.Apply(specimen.Network, "kaiming-normal", options.Seed);
        return (long)Math.Clamp(options.Seconds / trainings / (watch.Elapsed.TotalSeconds / Probe), Math.Min(150, options.Steps), options.Steps);
    }

    private static void Train(
        Specimen specimen, WeightVector weights, int dimension, long steps, EstimateOptions options, CancellationToken cancellation)
    {
        var schedule = Schedule.Linear;
        double rate = StepSizeRule.Default.Rates(weights.Count, dimension, steps, schedule)[0];
        int batch = (int)Math.Min(options.Batch, specimen.Data!.Train.Count);
        using var method = new Subspace(weights, new GroupingProjection(weights.Count, dimension, (ulong)options.Seed));
        using var adam = new Adam(method.Coordinates, method.Gradient, new AdamOptions { LearningRate = rate });
        using var batches = new Batches(specimen.Data.Train, specimen.Preprocessing, batch, options.Seed);
        using var loop = new TrainingLoop(specimen.Network, method, adam, LearningTask.For(specimen.Data.Train), batches)
        {
            Schedule = schedule,
            TotalSteps = steps,
        };
        loop.AdvanceTo(steps, cancellation);
        cancellation.ThrowIfCancellationRequested();
    }
}
