using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Jobs;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>One training in a random subspace, or of all weights, kept as a run, so that any threshold, baseline and search can use it.</summary>
/// <param name="problem">What is trained.</param>
/// <param name="data">The problem's data set, as <see cref="ShuffledData.Open"/> returns it. Borrowed.</param>
/// <param name="request">In how many dimensions, and which repetition.</param>
public sealed class TrialJob(DimensionProblem problem, DataSet data, TrialRequest request) : Job<TrialResult>
{
    private DataSet? owned;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("dimension-trial", 1) { IsPart = true };

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{problem.Data}-{problem.Model}-d{request.Dimension}-r{request.Replicate}";

    /// <inheritdoc/>
    public override JsonObject Options => With(problem.ToJson());

    /// <inheritdoc/>
    public override JsonObject Request => With(JsonSerializer.SerializeToNode(problem, RunJson.Format)!.AsObject());

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => problem.Inputs(data);

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
        return Trial.Execute(problem, data, request.Dimension, request.Replicate, context.Progress, context.Cancellation);
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
