using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Jobs;
using Golgi.Training;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>One training in a random subspace, or of all weights, kept as a run, so that any threshold, baseline and search can use it.</summary>
public sealed class TrialJob : Job<TrialResult>
{
    private readonly DimensionProblem problem;
    private readonly TrialSubject subject;
    private readonly TrialRequest request;
    private DataSet? owned;

    /// <summary>A trial of the network that a problem names.</summary>
    /// <param name="problem">What is trained, and how.</param>
    /// <param name="data">The problem's data set, as <see cref="ShuffledData.Open"/> returns it. Borrowed.</param>
    /// <param name="request">In how many dimensions, and which repetition.</param>
    public TrialJob(DimensionProblem problem, DataSet data, TrialRequest request)
        : this(problem, new TrialSubject(problem, data), request)
    {
    }

    /// <summary>A trial of any trainable. It runs in the process that asks for it.</summary>
    /// <param name="problem">How it is trained: <see cref="DimensionProblem.Of"/>, and what is to be otherwise.</param>
    /// <param name="trainable">What is trained. Borrowed.</param>
    /// <param name="request">In how many dimensions, and which repetition.</param>
    /// <exception cref="ArgumentException">The problem names another trainable, or less is better by its metric.</exception>
    public TrialJob(DimensionProblem problem, Trainable trainable, TrialRequest request)
        : this(problem, new TrialSubject(problem, trainable), request)
    {
    }

    internal TrialJob(DimensionProblem problem, TrialSubject subject, TrialRequest request) =>
        (this.problem, this.subject, this.request) = (problem, subject, request);

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("dimension-trial", 1) { IsPart = true };

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{problem.Data}-{subject.Shown.Model}-d{request.Dimension}-r{request.Replicate}";

    /// <inheritdoc/>
    public override JsonObject Options => With(subject.Options);

    /// <inheritdoc/>
    public override JsonObject? Request => subject.Request is { } json ? With(json) : null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => subject.Inputs;

    /// <summary>The job of a request, which opens its data.</summary>
    /// <returns>The caller disposes it.</returns>
    public static TrialJob Make(JsonObject request, Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(workspace);
        var problem = request.Deserialize<DimensionProblem>(RunJson.Format)!;
        var data = ShuffledData.Open(problem, workspace.DataFolder);
        return new TrialJob(problem, data, new TrialRequest((int)request["dimension"]!, (int)request["replicate"]!)) { owned = data };
    }

    /// <inheritdoc/>
    public override TrialResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Trial.Execute(problem, subject.Trainable, request.Dimension, request.Replicate, context.Progress, context.Cancellation);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        owned?.Dispose();
        base.Dispose();
    }

    private JsonObject With(JsonObject options)
    {
        options["dimension"] = request.Dimension;
        options["replicate"] = request.Replicate;
        return options;
    }
}
