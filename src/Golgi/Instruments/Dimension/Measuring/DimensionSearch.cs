using Golgi.Foundation;
using Golgi.Instruments.Dimension.Trials;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>
/// Finds the smallest dimension in which training succeeds: doubles or halves until a success lies above a failure, then bisects in
/// log d with replicates, then reads the crossing off the curve.
/// </summary>
/// <param name="problem">What is trained.</param>
/// <param name="options">What counts as success and how closely to look.</param>
/// <param name="weights">D of the problem's network.</param>
/// <param name="run">Runs trials, some at the same time, and returns their results in the order of the requests.</param>
internal sealed class DimensionSearch(
    DimensionProblem problem,
    SearchOptions options,
    long weights,
    Func<IReadOnlyList<TrialRequest>, IReadOnlyList<TrialResult>> run)
{
    private readonly Dictionary<TrialRequest, TrialResult> known = [];
    private double target;

    /// <summary>The smallest dimension that makes sense, 1 or more; with a scale for each of m parameters it is m + 1. Default 1.</summary>
    public int Least { get => field; init => field = Check.Positive(value, nameof(Least)); } = 1;

    /// <summary>Searches.</summary>
    /// <param name="progress">Trials done, with the last accuracy.</param>
    /// <returns>The report.</returns>
    public DimensionReport Execute(IProgress<WorkProgress>? progress = null)
    {
        foreach (int dimension in options.At) Check.InRange((long)dimension, Least, weights, "dimension");
        var direct = options.Baseline.Absolute is null ? Measure([0], options.Replicates, progress)[0] : null;
        double baseline = options.Baseline.Absolute ?? direct!.Mean;
        target = options.Threshold * baseline;
        if (options.At.Count > 0) Measure(options.At, options.Replicates, progress);
        else Search(progress);
        return Report(baseline, direct);
    }

    private void Search(IProgress<WorkProgress>? progress)
    {
        var (low, high) = Bracket(progress);
        while (true)
        {
            // All replicates at both ends; what one replicate said may not stand.
            int[] ends = [.. new[] { low, high }.Where(d => d >= Least && d <= weights).Distinct()];
            Measure(ends, options.Replicates, progress);
            if (low >= Least && Succeeds(low)) (low, high) = (Half(low), low);
            else if (high <= weights && !Succeeds(high)) (low, high) = (high, (int)Math.Min(high * 2L, weights + 1));
            else break;
            if (low < Least || high > weights) return;
        }

        while ((double)high / low > options.Resolution)
        {
            int middle = Tidy(Math.Sqrt((double)low * high));
            if (middle <= low || middle >= high) break;
            Measure([middle], options.Replicates, progress);
            if (Succeeds(middle)) high = middle;
            else low = middle;
        }
    }

    /// <summary>A failure and a success by one replicate each, a factor of two apart; below the least or D + 1 where there is none.</summary>
    private (int Low, int High) Bracket(IProgress<WorkProgress>? progress)
    {
        int at = (int)Math.Clamp(options.Start, Least, weights);
        bool first = SucceedsOnce(at, progress);
        while (true)
        {
            int next = first ? Half(at) : (int)Math.Min(at * 2L, weights);
            if (next < Least) return (next, at);
            if (next == at) return (at, (int)Math.Min(weights + 1, int.MaxValue));
            if (SucceedsOnce(next, progress) != first) return first ? (next, at) : (at, next);
            at = next;
        }
    }

    /// <summary>Half of a dimension, but the least before anything below it.</summary>
    private int Half(int dimension) => dimension > Least ? Math.Max(dimension / 2, Least) : Least - 1;

    private bool SucceedsOnce(int dimension, IProgress<WorkProgress>? progress) =>
        Measure([dimension], 1, progress)[0].Mean > target;

    private bool Succeeds(int dimension) => Results(dimension).Average(result => result.Accuracy) > target;

    private Replicates[] Measure(IReadOnlyList<int> dimensions, int replicates, IProgress<WorkProgress>? progress)
    {
        TrialRequest[] missing =
        [
            .. from dimension in dimensions
               from replicate in Enumerable.Range(0, replicates)
               let request = new TrialRequest(dimension, replicate)
               where !known.ContainsKey(request)
               select request,
        ];
        progress?.Report(new WorkProgress($"dimension {string.Join(", ", dimensions)}", known.Count, 0));
        foreach (var (request, result) in missing.Zip(run(missing))) known[request] = result;
        var samples = dimensions.Select(d => Replicates.Of(Results(d).Select(result => result.Accuracy))).ToArray();
        progress?.Report(new WorkProgress(
            $"dimension {dimensions[^1]}", known.Count, 0, $"accuracy {samples[^1].Mean:P2}, to exceed {target:P2}"));
        return samples;
    }

    private IEnumerable<TrialResult> Results(int dimension) =>
        known.Where(entry => entry.Key.Dimension == dimension).OrderBy(entry => entry.Key.Replicate).Select(entry => entry.Value);

    private DimensionReport Report(double baseline, Replicates? direct)
    {
        var published = PublishedCurve.For(problem);
        int[] dimensions = [.. known.Keys.Select(key => key.Dimension).Where(d => d > 0).Distinct().Order()];
        var curve = dimensions.Select(d =>
        {
            var accuracy = Replicates.Of(Results(d).Select(result => result.Accuracy));
            double success = accuracy.Values.Count(value => value > target) / (double)accuracy.Values.Count;
            return new CurvePoint(d, accuracy, success, Results(d).First().Rate, published?.At(d));
        }).ToArray();
        var points = curve.Select(point => (point.D, point.Accuracy.Values)).ToArray();
        var trials = known.Where(entry => entry.Key.Dimension > 0).Select(entry => (entry.Key.Dimension, entry.Value.Accuracy > target)).ToArray();
        var whole = Crossing.WithInterval(points, baseline, (ulong)problem.Seed);
        return new DimensionReport(
            problem.Data,
            problem.Model,
            weights,
            new Baseline(baseline, options.Baseline.ToString(), direct),
            options.Threshold,
            target,
            Crossing.WithInterval(points, target, (ulong)problem.Seed),
            whole.Value is null ? null : whole,
            SuccessCurve.Fit(trials),
            curve,
            published is null ? null : new PublishedDimension(published.Dimension, published.Baseline, "Li et al. 2018, arXiv 1804.08838"),
            problem.Projection,
            problem.StepSize.ToString(),
            problem.Steps,
            known.Count,
            known.Values.Sum(result => result.Seconds));
    }

    /// <summary>Two significant digits and a half: dimensions that read well.</summary>
    private static int Tidy(double dimension)
    {
        double unit = Math.Max(1, Math.Pow(10, Math.Floor(Math.Log10(dimension)) - 1) / 2);
        return (int)(Math.Round(dimension / unit) * unit);
    }
}
