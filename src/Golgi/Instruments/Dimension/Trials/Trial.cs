using System.Diagnostics;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Native;
using Golgi.Training;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>One training in a random subspace, or of all weights, and the accuracy that it reaches.</summary>
internal static class Trial
{
    /// <summary>Trains and measures.</summary>
    /// <param name="problem">What is trained.</param>
    /// <param name="data">The problem's data set, as <see cref="ShuffledData.Open"/> returns it. Borrowed.</param>
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
        using var threads = new ThreadScope(problem.Threads);
        TrialResult? best = null;
        using var setting = new TrialSetting(problem, data, replicate, progress, cancellation);
        foreach (double rate in setting.Rates(dimension))
        {
            using var method = setting.Method(dimension);
            var result = Measure(problem, data, setting, method, rate, cancellation) with { Dimension = dimension, Replicate = replicate };
            if (best is null || result.Accuracy > best.Accuracy) best = result;
            method.Restore();
        }

        return best!;
    }

    /// <summary>Trains a method's coordinates and measures; the network is left with the last weights.</summary>
    internal static TrialResult Measure(
        DimensionProblem problem, DataSet data, TrialSetting setting, Reparameterization method, double rate, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        setting.Train(method, rate);
        var examples = problem.Judge switch { ScoredPart.Train => data.Train, ScoredPart.Test => data.Test, _ => data.Validation };
        var evaluation = Evaluator.Evaluate(setting.Task, setting.Network, examples, data.Preprocessing, cancellation: cancellation);
        using var scope = NewDisposeScope();
        double distance = (setting.Weights.Values - method.Original).norm().item<float>();
        return new TrialResult(
            0, 0, setting.Weights.Count, rate, evaluation.Primary, evaluation.Loss, distance, watch.Elapsed.TotalSeconds);
    }
}
