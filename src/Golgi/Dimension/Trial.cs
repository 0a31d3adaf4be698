using System.Diagnostics;
using Golgi.Data;
using Golgi.Runs;
using Golgi.Training;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Dimension;

/// <summary>One training in a random subspace, or of all weights, and the accuracy that it reaches.</summary>
public static class Trial
{
    private const long Stride = 50;

    /// <summary>Trains and measures.</summary>
    /// <param name="problem">What is trained.</param>
    /// <param name="data">The problem's data set, as <see cref="DisorderedData.Open"/> returns it. Borrowed.</param>
    /// <param name="dimension">d; 0: all weights directly.</param>
    /// <param name="replicate">Which repetition, 0 or more; it names the seeds.</param>
    /// <param name="progress">Steps.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>The result; with the rule <c>search</c>, that of the best of three rates.</returns>
    /// <exception cref="ArgumentException">The dimension is not between 0 and D, or the model does not fit the data.</exception>
    public static TrialResult Execute(
        DimensionProblem problem,
        DataSet data,
        int dimension,
        int replicate,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(data);
        set_num_threads(problem.Threads);
        TrialResult? best = null;
        using var setting = new TrialSetting(problem, data, replicate);
        foreach (double rate in setting.Rates(dimension))
        {
            using var method = setting.Method(dimension);
            var result = Train(problem, data, setting, method, rate, progress, cancellation) with { Dimension = dimension, Replicate = replicate };
            if (best is null || result.Accuracy > best.Accuracy) best = result;
            method.Restore();
        }

        return best!;
    }

    /// <summary>Trains a method's coordinates as the problem says; the network is left with the last weights.</summary>
    internal static TrialResult Train(
        DimensionProblem problem,
        DataSet data,
        TrialSetting setting,
        Reparameterization method,
        double rate,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        using var optimizer = (problem.Optimizer with { LearningRate = rate }).Create(method.Coordinates, method.Gradient);
        using var batches = new Batches(data.Train, data.Preprocessing, problem.Batch, (long)setting.Seed);
        using var loop = new TrainingLoop(setting.Network, method, optimizer, batches) { Schedule = problem.Schedule, TotalSteps = problem.Steps };
        while (loop.Step < problem.Steps)
        {
            loop.AdvanceTo(Math.Min(problem.Steps, loop.Step + Stride), cancellation);
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new WorkProgress("training", loop.Step, problem.Steps));
        }

        var examples = problem.Judge switch { Judge.Train => data.Train, Judge.Test => data.Test, _ => data.Validation };
        var evaluation = Evaluator.Evaluate(setting.Network, examples, data.Preprocessing, cancellation: cancellation);
        using var scope = NewDisposeScope();
        double distance = (setting.Weights.Values - method.Original).norm().item<float>();
        return new TrialResult(
            0, 0, setting.Weights.Count, rate, evaluation.Accuracy, evaluation.Loss, distance, watch.Elapsed.TotalSeconds);
    }
}
