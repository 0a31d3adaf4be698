using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Weights;

namespace Golgi.Instruments.Dimension.Adapters;

/// <summary>How many numbers it takes to bring a trained network to another task.</summary>
/// <remarks>Aghajanyan, Zettlemoyer and Gupta 2020, arXiv 2012.13255; low-rank adapters (Hu et al. 2021, arXiv 2106.09685) were
/// motivated by it.</remarks>
public static class Adaptation
{
    /// <summary>Measures with and without a scale for each parameter, and tries adapters of the size that follows.</summary>
    /// <param name="problem">The new task; <see cref="DimensionProblem.From"/> names the trained weights.</param>
    /// <inheritdoc cref="DimensionMeasure.Execute"/>
    public static AdaptationReport Execute(
        DimensionProblem problem,
        SearchOptions options,
        DataSet data,
        string root,
        Action<string, IReadOnlyList<TrialRequest>>? execute = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.From is null) throw new ArgumentException("No trained weights are given; name a file or a run with --from.", nameof(problem));
        DimensionReport Measure(SubspaceLayout spread) => DimensionMeasure.Execute(
            problem with { Spread = spread }, options, data, root, execute, progress, cancellation);
        var plain = Measure(SubspaceLayout.Whole);
        var scaled = Measure(SubspaceLayout.Scaled);
        var smaller = scaled.D90.Value < (plain.D90.Value ?? double.PositiveInfinity) ? SubspaceLayout.Scaled : SubspaceLayout.Whole;
        var found = smaller == SubspaceLayout.Scaled ? scaled : plain;
        var advice = found.D90.Hi is { } high
            ? Advise(problem with { Spread = smaller }, (int)Math.Ceiling(high), found.Target, data, progress, cancellation)
            : null;
        return new AdaptationReport(plain, scaled, advice);
    }

    private static AdapterAdvice Advise(
        DimensionProblem problem, int coordinates, double target, DataSet data, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        double basis = Trial.Execute(problem, data, coordinates, 0, progress, cancellation).Accuracy;
        using var setting = new TrialSetting(problem, data, 0, progress, cancellation);
        int rank = AdapterAdvice.RankFor(setting.Weights.Segments, coordinates);
        using var adapters = new LowRank(setting.Weights, rank, setting.Seed);
        var result = Trial.Measure(problem, data, setting, adapters, problem.Optimizer.LearningRate, cancellation);
        return new AdapterAdvice(
            coordinates, problem.Spread, AdapterAdvice.BytesOf(coordinates), basis,
            rank, LowRank.CoordinateCount(setting.Weights.Segments, rank), result.Accuracy, target);
    }
}
