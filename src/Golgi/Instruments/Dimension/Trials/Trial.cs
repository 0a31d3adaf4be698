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
    /// <summary>Trains the network that a problem names, and measures.</summary>
    /// <param name="data">The problem's data set, as <see cref="ShuffledData.Open"/> returns it. Borrowed.</param>
    /// <inheritdoc cref="Execute(DimensionProblem, Trainable, int, int, IProgress{WorkProgress}?, CancellationToken)"/>
    public static TrialResult Execute(
        DimensionProblem problem,
        DataSet data,
        int dimension,
        int replicate,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Execute(problem, new TrialSubject(problem, data).Trainable, dimension, replicate, progress, cancellation);

    /// <summary>Trains and measures.</summary>
    /// <param name="problem">How it is trained.</param>
    /// <param name="trainable">What is trained. Borrowed.</param>
    /// <param name="dimension">d; 0: all weights directly.</param>
    /// <param name="replicate">Which repetition, 0 or more; it names the seeds.</param>
    /// <param name="progress">Steps.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>The result; with the rule <c>search</c>, that of the best of three rates.</returns>
    /// <exception cref="ArgumentException">The dimension is not between 0 and D, or the model does not fit the data.</exception>
    public static TrialResult Execute(
        DimensionProblem problem,
        Trainable trainable,
        int dimension,
        int replicate,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(trainable);
        using var threads = new ThreadScope(problem.Threads);
        TrialResult? best = null;
        using var setting = new TrialSetting(problem, trainable, replicate, progress, cancellation);
        foreach (double rate in setting.Rates(dimension))
        {
            using var method = setting.Method(dimension);
            var result = Measure(setting, method, rate) with { Dimension = dimension, Replicate = replicate };
            if (best is null || result.Accuracy > best.Accuracy) best = result;
            method.Restore();
        }

        return best!;
    }

    /// <summary>Trains a method's coordinates and measures; the network is left with the last weights.</summary>
    internal static TrialResult Measure(TrialSetting setting, Reparameterization method, double rate)
    {
        var watch = Stopwatch.StartNew();
        setting.Train(method, rate);
        var evaluation = setting.Score();
        using var scope = NewDisposeScope();
        double distance = (setting.Weights.Values - method.Original).norm().item<float>();
        return new TrialResult(
            0, 0, setting.Weights.Count, rate, evaluation.Primary, evaluation.Loss, distance, watch.Elapsed.TotalSeconds);
    }
}
