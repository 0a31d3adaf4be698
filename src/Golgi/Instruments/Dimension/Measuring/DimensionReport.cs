namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>The intrinsic dimension of a problem.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Model">The network.</param>
/// <param name="Weights">D, its number of trained weights.</param>
/// <param name="Baseline">What accuracies were compared with.</param>
/// <param name="Threshold">The share of the baseline.</param>
/// <param name="Target">Threshold times baseline: the accuracy to exceed.</param>
/// <param name="D90">The intrinsic dimension at that threshold (d90 at the usual 0.9).</param>
/// <param name="D100">The dimension at which the baseline itself is reached, if the dimensions that were tried include it.</param>
/// <param name="Success">Probability of success against dimension; null where all trials ended alike.</param>
/// <param name="Curve">What was measured, by rising dimension.</param>
/// <param name="Published">The published dimension and its baseline, where there is one for this problem.</param>
/// <param name="Projection">The projection's name.</param>
/// <param name="Rule">The step size rule in words.</param>
/// <param name="Steps">Steps of each trial.</param>
/// <param name="Trials">How many trainings it rests on.</param>
/// <param name="Seconds">Time spent in them, summed.</param>
public sealed record DimensionReport(
    string Data,
    string Model,
    long Weights,
    Baseline Baseline,
    double Threshold,
    double Target,
    DimensionInterval D90,
    DimensionInterval? D100,
    SuccessCurve? Success,
    IReadOnlyList<CurvePoint> Curve,
    PublishedDimension? Published,
    string Projection,
    string Rule,
    long Steps,
    int Trials,
    double Seconds);
