namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>Probability that a trial succeeds, as a function of its dimension: p(d) = 1 / (1 + (d½ / d)ˢ), a logistic curve in log d.</summary>
/// <param name="Middle">d½, where half of the trials succeed.</param>
/// <param name="Steepness">s; large where the passage from failure to success is sharp.</param>
/// <remarks>Larsen et al. 2021, arXiv 2107.05802, describe the passage as a phase transition.</remarks>
public sealed record SuccessCurve(double Middle, double Steepness)
{
    private const double Ridge = 0.01;

    /// <summary>The probability at a dimension.</summary>
    public double At(double dimension) => 1 / (1 + Math.Pow(Middle / dimension, Steepness));

    /// <summary>Fits single trials by penalized maximum likelihood (Newton's method).</summary>
    /// <param name="trials">Dimension and outcome of each trial.</param>
    /// <returns>Null where all trials had the same outcome, or where success does not rise with the dimension.</returns>
    public static SuccessCurve? Fit(IReadOnlyList<(int Dimension, bool Success)> trials)
    {
        if (trials.All(trial => trial.Success) || !trials.Any(trial => trial.Success)) return null;
        double center = trials.Average(trial => Math.Log(trial.Dimension)), intercept = 0, slope = 1;
        for (int round = 0; round < 100; round++)
        {
            // The penalty on the slope keeps it finite where outcomes separate perfectly.
            double g0 = 0, g1 = -Ridge * slope, h00 = 1e-9, h01 = 0, h11 = Ridge;
            foreach (var (dimension, success) in trials)
            {
                double x = Math.Log(dimension) - center, p = 1 / (1 + Math.Exp(-intercept - (slope * x)));
                double error = (success ? 1 : 0) - p, weight = p * (1 - p);
                (g0, g1) = (g0 + error, g1 + (error * x));
                (h00, h01, h11) = (h00 + weight, h01 + (weight * x), h11 + (weight * x * x));
            }

            double determinant = (h00 * h11) - (h01 * h01);
            double step0 = ((h11 * g0) - (h01 * g1)) / determinant, step1 = ((h00 * g1) - (h01 * g0)) / determinant;
            double damping = Math.Min(1, 5 / (Math.Abs(step0) + Math.Abs(step1)));
            (intercept, slope) = (intercept + (damping * step0), slope + (damping * step1));
            if (Math.Abs(step0) + Math.Abs(step1) < 1e-9) break;
        }

        return slope > 0 ? new SuccessCurve(Math.Exp(center - (intercept / slope)), slope) : null;
    }
}
