namespace Golgi.Instruments.Tickets.Comparisons;

/// <summary>What a paper says of one setting beside another.</summary>
public enum Claim
{
    /// <summary>Nothing: the setting is what others are compared with.</summary>
    None,

    /// <summary>As good, or better: the mean of the differences is not more than a point below 0.</summary>
    AsGood,

    /// <summary>Worse: the interval of the differences lies below 0.</summary>
    Worse,

    /// <summary>Better: the interval of the differences lies above 0.</summary>
    Better,
}
