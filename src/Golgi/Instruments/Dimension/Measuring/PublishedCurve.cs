using Golgi.Instruments.Dimension.Trials;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>A curve of Li et al. 2018: mean accuracy against dimension, from the results that come with their code.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Model">The network.</param>
/// <param name="Weights">D.</param>
/// <param name="Dimension">The published intrinsic dimension.</param>
/// <param name="Baseline">What it is 90 % of.</param>
/// <param name="Direct">Accuracy under direct training.</param>
/// <param name="Points">Dimension and mean validation accuracy; empty where only the dimension is known.</param>
public sealed record PublishedCurve(
    string Data,
    string Model,
    long Weights,
    int Dimension,
    string Baseline,
    double Direct,
    IReadOnlyList<(int Dimension, double Accuracy)> Points)
{
    /// <summary>What was done to the data. Default: nothing.</summary>
    public Shuffling Disorder { get; init; }

    /// <summary>All curves that are known.</summary>
    public static IReadOnlyList<PublishedCurve> All { get; } =
    [
        new("mnist", "fc-784-200-200-10", 199_210, 750, "absolute:1", 0.981,
        [
            (50, .451), (100, .593), (200, .758), (300, .818), (400, .839), (500, .865),
            (600, .880), (750, .894), (900, .906), (1000, .907), (1250, .919), (1500, .925),
        ]),
        new("mnist", "fc-784-400-400-10", 478_410, 750, "absolute:1", 0.976,
        [
            (50, .456), (100, .606), (200, .771), (300, .818), (400, .854), (500, .869),
            (600, .888), (750, .902), (900, .913), (1000, .918), (1250, .929), (1500, .932),
        ]),
        new("mnist", "lenet-6-16-120-84", 44_426, 290, "absolute:1", 0.991,
        [
            (50, .570), (100, .763), (200, .864), (250, .887), (275, .898), (290, .901), (300, .903), (350, .917),
            (400, .921), (500, .939), (1000, .963), (2000, .975), (5000, .983), (10000, .985), (44426, .989),
        ]),
        new("mnist", "lenet-6-16-120-84-untied", 286_334, 600, "absolute:1", 0.986, []),
        new("mnist", "lenet-6-16-120-84-full", 3_640_574, 2000, "absolute:1", 0.9758, []),
        new("mnist", "fc-784-200-200-10", 199_210, 750, "absolute:1", 0.981, []) { Disorder = Shuffling.Pixels },
        new("mnist", "lenet-6-16-120-84", 44_426, 1400, "absolute:1", 0.991, []) { Disorder = Shuffling.Pixels },
        new("cifar10", "lenet-6-16-120-84", 62_006, 2900, "own", 0.584,
        [
            (500, .384), (1000, .463), (2000, .505), (2900, .534), (4000, .557), (5000, .563), (10000, .598),
            (15000, .607), (20000, .604), (30000, .595), (50000, .601),
        ]),
        new("cifar10", "fc-3072-400-400-10", 1_393_610, 9000, "own", 0.509,
        [
            (1000, .345), (2000, .393), (4000, .426), (5000, .435), (7000, .451), (8000, .461),
            (10000, .466), (15000, .479), (20000, .482), (30000, .490), (50000, .484),
        ]),
    ];

    /// <summary>The curve of a problem as it was published, or null. Shuffled labels, fine-tuning and other ways of training have none.</summary>
    public static PublishedCurve? For(DimensionProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        bool plain = problem is
        {
            From: null, TrainLimit: null, Frozen.Count: 0, BurnIn: 0, Evolution: null, Judge: not ScoredPart.Train,
            Projection: not DimensionProblem.Trajectory,
        };
        return plain
            ? All.FirstOrDefault(curve =>
                curve.Data == problem.Data && curve.Model == problem.Model && curve.Disorder == problem.Disorder)
            : null;
    }

    /// <summary>The accuracy at a dimension, between points linearly in log d; null outside of them.</summary>
    public double? At(int dimension)
    {
        for (int i = 1; i < Points.Count; i++)
        {
            var (low, high) = (Points[i - 1], Points[i]);
            if (dimension < low.Dimension || dimension > high.Dimension) continue;
            double share = Math.Log((double)dimension / low.Dimension) / Math.Log((double)high.Dimension / low.Dimension);
            return low.Accuracy + (share * (high.Accuracy - low.Accuracy));
        }

        return null;
    }
}
