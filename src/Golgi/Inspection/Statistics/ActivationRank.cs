namespace Golgi.Inspection.Statistics;

/// <summary>How many dimensions a cloud of activation vectors fills, from the spectrum of its covariance.</summary>
/// <param name="Effective">exp of the entropy of the normalized singular values of the centered activations, in [1,
/// units]; 0 for a
/// cloud that is a point. Roy and Vetterli 2007.</param>
/// <param name="Participation">(Σλ)² / Σλ² with λ the variances along the principal axes: how many axes carry the
/// variance.</param>
/// <param name="Numerical">Singular values above the largest times samples or units, whichever is more, times the
/// spacing of float32
/// numbers at 1: what is not rounding.</param>
/// <param name="For99Percent">The fewest principal axes that carry 99 % of the variance.</param>
/// <param name="Variances">λ, largest first, [units].</param>
public sealed record ActivationRank(
    double Effective, double Participation, int Numerical, int For99Percent, IReadOnlyList<double> Variances);
