using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Networks.Catalog;
using Golgi.Runs;
using Golgi.Weights;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>Measures an intrinsic dimension in a run's folder, in this process, one trial after another.</summary>
public static class DimensionMeasure
{
    /// <summary>Searches; trials that the folder holds already are not repeated.</summary>
    /// <param name="problem">What is trained.</param>
    /// <param name="options">What counts as success and how closely to look.</param>
    /// <param name="data">The problem's data set, as <see cref="ShuffledData.Open"/> returns it. Borrowed.</param>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="execute">Runs the trials that are missing, given the run's folder; null: <see cref="Trial.Execute"/> for each.</param>
    /// <param name="progress">Trials done.</param>
    /// <param name="cancellation">Stops; finished trials are kept.</param>
    /// <exception cref="ArgumentException">The problem or the options do not fit the network or the data.</exception>
    public static DimensionReport Execute(
        DimensionProblem problem,
        SearchOptions options,
        DataSet data,
        string root,
        Action<string, IReadOnlyList<TrialRequest>>? execute = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(data);
        var (weights, parameters) = Sizes(problem, data);
        using var run = Run.Open(root, TrialStore.Configuration(problem, data.Identity));
        var store = new TrialStore(run.Folder);
        execute ??= (_, requests) =>
        {
            foreach (var (dimension, replicate) in requests)
            {
                store.Keep(Trial.Execute(problem, data, dimension, replicate, progress, cancellation));
            }
        };
        var search = new DimensionSearch(problem, options, weights, requests =>
        {
            cancellation.ThrowIfCancellationRequested();
            TrialRequest[] missing = [.. requests.Where(request => store.Find(request) is null)];
            if (missing.Length > 0) execute(run.Folder, missing);
            return [.. requests.Select(request => store.Find(request)
                ?? throw new InvalidOperationException($"The trial of dimension {request.Dimension} left no result."))];
        })
        {
            Least = problem.Spread == SubspaceLayout.Scaled ? parameters + 1 : 1,
        };
        var report = search.Execute(progress);
        run.Finish(report);
        return report;
    }

    private static (long Weights, int Parameters) Sizes(DimensionProblem problem, DataSet data)
    {
        using var network = ModelCatalog.Build(problem.Model, data.InputShape, data.ClassNames.Count, null, 0);
        using var weights = new WeightVector(network, new WeightSelection { Frozen = problem.Frozen });
        // Weights of another network are refused here, before the first of many trials.
        if (problem.From is not null) Checkpoint.Load(problem.From, Checkpoint.StateOf(network));
        return (weights.Count, weights.Segments.Count);
    }
}
