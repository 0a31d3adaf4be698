using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Jobs;
using Golgi.Networks.Catalog;
using Golgi.Runs;
using Golgi.Weights;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>Measures an intrinsic dimension. Its trials are runs of their own: another threshold, baseline or search over the same problem reuses
/// them.</summary>
/// <param name="problem">What is trained.</param>
/// <param name="options">What counts as success and how closely to look.</param>
/// <param name="data">The problem's data set, as <see cref="ShuffledData.Open"/> returns it. Borrowed.</param>
public sealed class MeasureJob(DimensionProblem problem, SearchOptions options, DataSet data) : Job<DimensionReport>
{
    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("dimension-measure", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{problem.Data}-{problem.Model}-{problem.Projection}";

    /// <inheritdoc/>
    public override JsonObject Options => With(problem.ToJson());

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => problem.Inputs(data);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem or the options do not fit the network or the data.</exception>
    public override DimensionReport Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (weights, parameters) = Sizes();
        var search = new DimensionSearch(problem, options, weights, requests =>
            [.. context.RunAll([.. requests.Select(request => (Job<TrialResult>)new TrialJob(problem, data, request))]).Select(trial => trial.Result)])
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
        using var network = ModelCatalog.Build(problem.Model, data.InputShape, data.OutputCount, null, 0);
        using var weights = new WeightVector(network, new WeightSelection { Frozen = problem.Frozen });
        // Weights of another network are refused here, before the first of many trials.
        if (problem.From is not null) Checkpoint.Load(problem.From, Checkpoint.StateOf(network));
        return (weights.Count, weights.Segments.Count);
    }
}
