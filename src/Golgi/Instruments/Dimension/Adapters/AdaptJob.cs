using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Weights;

namespace Golgi.Instruments.Dimension.Adapters;

/// <summary>How many numbers it takes to bring a trained network to another task: measured with and without a scale for each parameter, and
/// adapters of the size that follows, tried.</summary>
/// <remarks>Aghajanyan, Zettlemoyer and Gupta 2020, arXiv 2012.13255; low-rank adapters (Hu et al. 2021, arXiv 2106.09685) were
/// motivated by it.</remarks>
public sealed class AdaptJob : Job<AdaptationReport>
{
    private readonly DimensionProblem problem;
    private readonly SearchOptions options;
    private readonly DataSet data;
    private readonly TrialSubject subject;

    /// <summary>Puts the job together.</summary>
    /// <param name="problem">The new task; <see cref="DimensionProblem.From"/> names the trained weights.</param>
    /// <param name="options">What counts as success and how closely to look.</param>
    /// <param name="data">The problem's data set. Borrowed.</param>
    /// <exception cref="ArgumentException">No trained weights are named.</exception>
    public AdaptJob(DimensionProblem problem, SearchOptions options, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.From is null) throw new ArgumentException("No trained weights are given; name a file or a run with --from.", nameof(problem));
        (this.problem, this.options, this.data, subject) = (problem, options, data, new TrialSubject(problem, data));
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("dimension-adapt", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{problem.Data}-{subject.Shown.Model}-{problem.Projection}";

    /// <inheritdoc/>
    public override JsonObject Options => new MeasureJob(problem, options, data).Options;

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => subject.Inputs;

    /// <inheritdoc/>
    public override AdaptationReport Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var plain = context.Part(new MeasureJob(problem with { Spread = SubspaceLayout.Whole }, options, data));
        var scaled = context.Part(new MeasureJob(problem with { Spread = SubspaceLayout.Scaled }, options, data));
        var smaller = scaled.D90.Value < (plain.D90.Value ?? double.PositiveInfinity) ? SubspaceLayout.Scaled : SubspaceLayout.Whole;
        var found = smaller == SubspaceLayout.Scaled ? scaled : plain;
        var advice = found.D90.High is { } high
            ? Advise(problem with { Spread = smaller }, (int)Math.Ceiling(high), found.Target, data, context)
            : null;
        return new AdaptationReport(plain, scaled, advice);
    }

    private static AdapterAdvice Advise(
        DimensionProblem problem, int coordinates, double target, DataSet data, JobContext context)
    {
        using var threads = new ThreadScope(problem.Threads);
        double basis = context.Part(new TrialJob(problem, data, new TrialRequest(coordinates, 0))).Accuracy;
        using var setting = new TrialSetting(problem, problem.TrainableOn(data), 0, context.Progress, context.Cancellation);
        int rank = AdapterAdvice.RankFor(setting.Weights.Segments, coordinates);
        using var adapters = new LowRank(setting.Weights, rank, setting.Seed);
        var result = Trial.Measure(setting, adapters, problem.Optimizer.LearningRate);
        return new AdapterAdvice(
            coordinates, problem.Spread, AdapterAdvice.BytesOf(coordinates), basis,
            rank, LowRank.CoordinateCount(setting.Weights.Segments, rank), result.Accuracy, target);
    }
}
