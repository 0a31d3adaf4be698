namespace Golgi.Ascent.Priors;

/// <summary>How the weight of <see cref="TvDenoise"/> moves over a phase.</summary>
public enum WeightSchedule
{
    /// <summary>Evenly from the first to the last value, as the paper means it.</summary>
    Paper,

    /// <summary>As the released code of Nguyen et al. 2016 computes it: first − (first − last · i) / N, so that a
    /// constant 0.4 becomes a ramp from 0.4 to nearly 0.8.</summary>
    Repository,
}
