namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>How a mask over untrained weights is learned.</summary>
public enum MaskLearner
{
    /// <summary>A probability per weight, a mask drawn at each step, the gradient straight through the draw (Zhou et al. 2019).</summary>
    Bernoulli,

    /// <summary>The same with half of the probabilities rounded instead of drawn.</summary>
    Rounded,

    /// <summary>A score per weight, the largest scores of each layer kept (edge-popup, Ramanujan et al. 2020).</summary>
    EdgePopup,

    /// <summary>The same with kept weights inverted where their score is negative: a mask of −1, 0 and 1.</summary>
    Signed,
}
