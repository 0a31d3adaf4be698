using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Jobs;
using Golgi.Runs;
using Golgi.Training;
using Golgi.Weights;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>Measures an intrinsic dimension. Its trials are runs of their own: another threshold, baseline or search over the same problem reuses
/// them.</summary>
public sealed class MeasureJob : Job<DimensionReport>
{
    private readonly DimensionProblem problem;
    private readonly SearchOptions options;
    private readonly TrialSubject subject;

    /// <summary>The dimension of the network that a problem names.</summary>
    /// <param name="problem">What is trained, and how.</param>
    /// <param name="options">What counts as success and how closely to look.</param>
    /// <param name="data">The problem's data set, as <see cref="ShuffledData.Open"/> returns it. Borrowed.</param>
    public MeasureJob(DimensionProblem problem, SearchOptions options, DataSet data)
        : this(problem, options, new TrialSubject(problem, data))
    {
    }

    /// <summary>The dimension of any trainable: a user's own module, a learner in an environment. Its trials run in the process that asks for
    /// them.</summary>
    /// <param name="problem">How it is trained: <see cref="DimensionProblem.Of"/>, and what is to be otherwise.</param>
    /// <param name="options">What counts as success and how closely to look.</param>
    /// <param name="trainable">What is trained. Borrowed.</param>
    /// <exception cref="ArgumentException">The problem names another trainable, or less is better by its metric.</exception>
    public MeasureJob(DimensionProblem problem, SearchOptions options, Trainable trainable)
        : this(problem, options, new TrialSubject(problem, trainable))
    {
    }

    private MeasureJob(DimensionProblem problem, SearchOptions options, TrialSubject subject)
    {
        ArgumentNullException.ThrowIfNull(options);
        (this.problem, this.options, this.subject) = (problem, options, subject);
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("dimension-measure", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{problem.Data}-{subject.Shown.Model}-{problem.Projection}";

    /// <inheritdoc/>
    public override JsonObject Options => With(subject.Options);

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => subject.Inputs;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem or the options do not fit the network or the data.</exception>
    public override DimensionReport Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (weights, parameters) = Sizes();
        var search = new DimensionSearch(subject.Shown, options, weights, requests =>
            [.. context.RunAll([.. requests.Select(request => (Job<TrialResult>)new TrialJob(problem, subject, request))])
                .Select(trial => trial.Result)])
        {
            Least = problem.Spread == SubspaceLayout.Scaled ? parameters + 1 : 1,
        };
        return search.Execute(context.Progress);
    }

    private JsonObject With(JsonObject json)
    {
        json["search"] = JsonSerializer.SerializeToNode(options, RunJson.Format);
        return json;
    }

    private (long Weights, int Parameters) Sizes()
    {
        using var network = subject.Trainable.Build(0);
        using var weights = new WeightVector(network, new WeightSelection { Frozen = problem.Frozen });
        // Weights of another network are refused here, before the first of many trials.
        if (problem.From is not null) Checkpoint.Load(problem.From, Checkpoint.StateOf(network));
        return (weights.Count, weights.Segments.Count);
    }
}
